-- What each line moved, by layer and cost: what is left of it after corrections and true-ups. Returns are lines of their
-- own, with negative pieces. Index consumption_of_pos_line.
SELECT c.pos_line_id, c.layer_id, sum(c.quantity)::bigint, c.unit_cost, coalesce(l.net_cost, c.unit_cost), c.currency
FROM channel_inventory_layerconsumption c
LEFT JOIN channel_inventory_costlayer l ON l.tenant_id = %(tenant)s AND l.id = c.layer_id
WHERE c.tenant_id = %(tenant)s AND c.pos_line_id = ANY (%(lines)s::bigint[])
GROUP BY c.pos_line_id, c.layer_id, l.received_on, c.unit_cost, l.net_cost, c.currency
HAVING sum(c.quantity) <> 0
ORDER BY c.pos_line_id, l.received_on NULLS LAST, c.layer_id
