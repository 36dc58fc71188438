-- Sales of the posting that hold nothing yet.
INSERT INTO channel_demand (line_id, partner_id, product_id, on_date, line_key, quantity)
SELECT p.line_id, p.partner_id, p.product_id, p.on_date, p.line_key, p.target - coalesce(held.quantity, 0)
FROM channel_posting p
LEFT JOIN (
    SELECT c.pos_line_id, sum(c.quantity) AS quantity
    FROM channel_inventory_layerconsumption c
    JOIN channel_posting mine ON mine.line_id = c.pos_line_id
    WHERE c.tenant_id = %(tenant)s
    GROUP BY c.pos_line_id
) AS held ON held.pos_line_id = p.line_id
WHERE NOT p.is_return AND p.target > coalesce(held.quantity, 0)
