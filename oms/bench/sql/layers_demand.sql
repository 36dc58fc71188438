-- As many takers as there are layers, each of nine tenths of one, in another order than they arrived. They are named as
-- goods that go back are, by a row of the stock ledger: to the statement it is all one.
INSERT INTO channel_demand (stock_row_id, partner_id, product_id, on_date, line_key, quantity)
SELECT l.stock_row_id, l.partner_id, l.product_id, l.received_on + 30, md5(l.id::text), greatest(l.quantity * 9 / 10, 1)
FROM channel_inventory_costlayer l
WHERE l.tenant_id = %(tenant)s AND l.partner_id = ANY (%(partners)s::bigint[])
