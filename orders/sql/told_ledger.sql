-- The newest ledger rows of an order, or of one of its lines, each with the names that a sentence about it needs.
-- The rows are cut before anything is joined to them: an order may have thousands.
SELECT l.id, l.line_id, n.line_no, l.schedule_id, s.number, l.verb, l.business_date, l.event_date, l.recorded_at,
  l.quantity_delta, l.value_delta, l.reporting_delta, l.open_qty, l.open_value, l.unit_price, l.was_price, l.currency,
  l.from_date, l.to_date, l.days, l.initiator, l.reason_code, l.note, l.actor_id,
  coalesce(nullif(u.name, ''), u.email), l.sell_to_id, p.name, l.end_buyer_id, b.name, i.number
FROM (
  SELECT r.*, lag(r.unit_price) OVER (PARTITION BY r.schedule_id ORDER BY r.id) AS was_price
  FROM orders_orderledger r
  WHERE r.tenant_id = %(tenant)s::bigint AND r.order_id = %(order)s::bigint
    AND (
      %(line_no)s::bigint IS NULL
      OR r.line_id = (
        SELECT o.id FROM orders_orderline o
        WHERE o.tenant_id = %(tenant)s::bigint AND o.order_id = %(order)s::bigint AND o.line_no = %(line_no)s::bigint
      )
    )
  ORDER BY r.id DESC
  LIMIT %(most)s::bigint
) l
JOIN orders_orderline n ON n.tenant_id = l.tenant_id AND n.id = l.line_id
JOIN orders_schedule s ON s.tenant_id = l.tenant_id AND s.id = l.schedule_id
JOIN parties_party p ON p.tenant_id = l.tenant_id AND p.id = l.sell_to_id
LEFT JOIN parties_party b ON b.tenant_id = l.tenant_id AND b.id = l.end_buyer_id
LEFT JOIN tenancy_member m ON m.tenant_id = l.tenant_id AND m.id = l.actor_id
LEFT JOIN tenancy_user u ON u.id = m.user_id
LEFT JOIN orders_invoiceline c ON c.tenant_id = l.tenant_id AND c.id = l.invoice_line_id
LEFT JOIN orders_invoice i ON i.tenant_id = c.tenant_id AND i.id = c.invoice_id
ORDER BY l.id DESC
