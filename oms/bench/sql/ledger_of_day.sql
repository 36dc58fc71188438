-- Reads ledger_by_day.
SELECT count(*), sum(l.quantity_delta), sum(l.value_delta), sum(l.reporting_delta)
FROM orders_orderledger l
WHERE l.tenant_id = %(tenant)s AND l.business_date = %(day)s
