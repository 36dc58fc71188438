-- A layer for each of some rows of sell-in, at the price of its invoice line.
INSERT INTO channel_inventory_costlayer (
    tenant_id, partner_id, product_id, ownership, kind, stock_row_id, received_on, quantity, remaining, unit_cost,
    net_cost, currency, recorded_at
)
SELECT
    %(tenant)s, s.partner_id, s.product_id, 'theirs', 'sell_in', s.id, s.event_date, s.quantity, s.quantity,
    n.unit_price, n.unit_price, i.currency, %(at)s
FROM unnest(%(rows)s::bigint[]) AS arrived (id)
JOIN channel_inventory_stockledger s ON s.tenant_id = %(tenant)s AND s.id = arrived.id
JOIN orders_invoiceline n ON n.tenant_id = %(tenant)s AND n.id = s.invoice_line_id
JOIN orders_invoice i ON i.tenant_id = n.tenant_id AND i.id = n.invoice_id
ORDER BY s.event_date, s.invoice_line_id
