-- Business days with ledger rows recorded in the window. Reads the window through the BRIN ledger_by_recording.
SELECT DISTINCT l.business_date
FROM orders_orderledger l
WHERE l.tenant_id = %(tenant)s AND l.recorded_at >= %(since)s AND l.recorded_at <= %(through)s
ORDER BY 1
