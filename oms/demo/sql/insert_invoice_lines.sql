INSERT INTO orders_invoiceline (id, tenant_id, invoice_id, order_line_id, schedule_id, quantity, unit_price, value)
SELECT l.invoice_line_id, %(tenant_id)s, i.invoice_id, l.line_id, l.schedule_id, l.last_quantity, l.last_price, l.last_value
FROM demo_line l JOIN demo_invoice i ON i.order_id = l.id AND i.ship_date = l.ship_date
WHERE l.is_shipped
