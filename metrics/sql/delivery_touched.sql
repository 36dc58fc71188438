-- Orders of which anything was recorded since (read through the BRIN ledger_by_recording), and those with an arrival that
-- is not the one in the outcomes: arrivals are written down without a row of the ledger.
SELECT l.order_id
FROM orders_orderledger l
WHERE l.tenant_id = %(tenant)s AND l.recorded_at > %(since)s
UNION
SELECT t.order_id
FROM metrics_deliveryoutcome t
JOIN orders_schedule s ON s.tenant_id = %(tenant)s AND s.id = t.schedule_id
WHERE t.tenant_id = %(tenant)s AND t.is_dock AND t.actual IS DISTINCT FROM s.delivery_date
ORDER BY 1
