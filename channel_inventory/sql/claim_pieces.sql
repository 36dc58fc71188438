-- What each sale that claims took from which layer, at which cost: one row a layer and cost, oldest first. A true-up
-- replaces the shortage it reverses, on the same sale; what a later return gives back is another sale's and does not
-- count here. Indexes consumption_of_pos_line and consumption_reversed.
CREATE TEMPORARY TABLE channel_claim_piece ON COMMIT DROP AS
WITH wanted AS (
    SELECT s.sale_id FROM channel_claim_sale s WHERE s.asks
    UNION
    SELECT c.sale_id FROM channel_claim_candidate c WHERE c.verdict <= 1
)
SELECT
    w.sale_id, c.layer_id, l.received_on, c.currency, c.unit_cost, l.net_cost,
    sum(c.quantity + coalesce(undone.quantity, 0))::bigint AS quantity,
    row_number() OVER (
        PARTITION BY w.sale_id ORDER BY l.received_on NULLS LAST, c.layer_id, c.currency, c.unit_cost
    ) AS place
FROM wanted w
JOIN channel_inventory_layerconsumption c
  ON c.tenant_id = %(tenant)s AND c.pos_line_id = w.sale_id AND c.reverses_id IS NULL
LEFT JOIN LATERAL (
    SELECT sum(r.quantity) AS quantity
    FROM channel_inventory_layerconsumption r
    WHERE r.tenant_id = %(tenant)s AND r.reverses_id = c.id AND r.pos_line_id = c.pos_line_id
) AS undone ON true
LEFT JOIN channel_inventory_costlayer l ON l.tenant_id = %(tenant)s AND l.id = c.layer_id
GROUP BY w.sale_id, c.layer_id, l.received_on, c.currency, c.unit_cost, l.net_cost
HAVING sum(c.quantity + coalesce(undone.quantity, 0)) <> 0
