-- What is sold is sold whole, in one line or two.
INSERT INTO channel_inventory_costlayer (
    id, tenant_id, partner_id, product_id, ownership, kind, stock_row_id, received_on, quantity, remaining, unit_cost,
    net_cost, currency, recorded_at
)
SELECT l.layer_id, %(tenant_id)s, l.partner_id, l.product_id, 'theirs', 'sell_in', l.stock_row_id, l.invoice_date,
       l.quantity, CASE WHEN s.layer_id IS NULL THEN l.quantity ELSE 0 END, l.unit_price, l.unit_price, l.currency,
       l.invoice_date + time '20:00'
FROM demo_layer l
LEFT JOIN demo_sale s ON s.layer_id = l.layer_id AND s.part = 1
ORDER BY l.layer_id
