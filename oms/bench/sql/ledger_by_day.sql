SELECT l.business_date, count(*), sum(l.quantity_delta), sum(l.value_delta), sum(l.reporting_delta)
FROM orders_orderledger l
WHERE l.tenant_id = %(tenant)s
GROUP BY l.business_date
