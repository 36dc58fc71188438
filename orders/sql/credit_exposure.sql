-- What a bill-to owes or will soon owe, by currency: unpaid invoices (credits negative, at the rate of their day, still
-- in the digits of their own currency) and open backlog due by the horizon (in the tenant's currency where rated).
-- Leans on invoice_unpaid, order_open_of_bill_to and schedule_of_order.
SELECT i.currency, sum(i.total * coalesce(i.rate, 1))
FROM orders_invoice i
WHERE i.tenant_id = %(tenant_id)s AND i.bill_to_id = %(party_id)s AND i.paid_at IS NULL
GROUP BY i.currency
UNION ALL
SELECT %(reporting_currency)s, sum(coalesce(s.open_reporting, s.open_value))
FROM orders_order o
JOIN orders_schedule s ON s.tenant_id = o.tenant_id AND s.order_id = o.id
WHERE o.tenant_id = %(tenant_id)s AND o.bill_to_id = %(party_id)s AND o.open_value > 0 AND s.open_qty > 0
  -- a blanket or consignment order owes nothing: its releases and pulls do
  AND o.order_type = ANY(%(order_types)s)
  AND coalesce(s.current_commit, s.request_date) <= %(horizon)s
