-- What goods that come back to us take, and the layer of the invoice line that their credit memo names.
INSERT INTO channel_demand (stock_row_id, partner_id, product_id, on_date, line_key, quantity, layer_id)
SELECT s.id, s.partner_id, s.product_id, s.event_date, s.source_key, -s.quantity, own.layer_id
FROM channel_inventory_stockledger s
JOIN orders_invoiceline n ON n.tenant_id = %(tenant)s AND n.id = s.invoice_line_id
JOIN orders_invoice memo ON memo.tenant_id = %(tenant)s AND memo.id = n.invoice_id
LEFT JOIN LATERAL (
    SELECT layer.id AS layer_id
    FROM orders_invoiceline billed
    JOIN channel_inventory_stockledger arrived
      ON arrived.tenant_id = %(tenant)s AND arrived.invoice_line_id = billed.id
    JOIN channel_inventory_costlayer layer ON layer.tenant_id = %(tenant)s AND layer.stock_row_id = arrived.id
    WHERE billed.tenant_id = %(tenant)s AND billed.invoice_id = memo.corrects_id AND billed.schedule_id = n.schedule_id
    ORDER BY billed.id
    LIMIT 1
) AS own ON true
WHERE s.tenant_id = %(tenant)s AND s.id = ANY (%(rows)s::bigint[])
ORDER BY s.id
