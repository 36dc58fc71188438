-- What each sale took from which layer, at which cost: one row a layer and cost, oldest first. A true-up replaces the
-- shortage it reverses, on the same sale; what a later return gives back is another sale's and does not count here.
-- Index consumption_of_pos_line and consumption_reversed.
SELECT c.pos_line_id, c.layer_id, l.received_on, c.currency, c.unit_cost, l.net_cost,
       sum(c.quantity + coalesce(undone.quantity, 0))::bigint AS quantity
FROM channel_inventory_layerconsumption c
LEFT JOIN LATERAL (
    SELECT sum(r.quantity) AS quantity
    FROM channel_inventory_layerconsumption r
    WHERE r.tenant_id = %(tenant)s::bigint AND r.reverses_id = c.id AND r.pos_line_id = c.pos_line_id
) AS undone ON true
LEFT JOIN channel_inventory_costlayer l ON l.tenant_id = %(tenant)s::bigint AND l.id = c.layer_id
WHERE c.tenant_id = %(tenant)s::bigint AND c.pos_line_id = ANY (%(lines)s::bigint[]) AND c.reverses_id IS NULL
GROUP BY c.pos_line_id, c.layer_id, l.received_on, c.currency, c.unit_cost, l.net_cost
HAVING sum(c.quantity + coalesce(undone.quantity, 0)) <> 0
ORDER BY c.pos_line_id, l.received_on NULLS LAST, c.layer_id
