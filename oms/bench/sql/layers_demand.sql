-- As many sales as there are layers, each of nine tenths of one, in another order than they arrived.
INSERT INTO channel_demand (line_id, partner_id, product_id, on_date, line_key, quantity)
SELECT l.id, l.partner_id, l.product_id, l.received_on + 30, md5(l.id::text), greatest(l.quantity * 9 / 10, 1)
FROM channel_inventory_costlayer l
WHERE l.tenant_id = %(tenant)s
