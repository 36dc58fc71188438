-- A sale of which one line moved other units than it now should is taken apart, row by row: each row is undone for the
-- line that caused it, and the sale starts anew. Together that gives layers back and takes nothing from any.
WITH held AS (
    SELECT c.pos_line_id, sum(c.quantity) AS quantity
    FROM channel_posting p
    JOIN channel_inventory_layerconsumption c ON c.tenant_id = %(tenant)s AND c.pos_line_id = p.line_id
    GROUP BY c.pos_line_id
),
broken AS (
    SELECT DISTINCT p.root_id
    FROM channel_posting p
    JOIN held ON held.pos_line_id = p.line_id
    WHERE held.quantity <> 0 AND held.quantity <> p.target
),
taken AS (
    SELECT c.id, c.pos_line_id, c.layer_id, c.unit_cost, c.currency, c.quantity
    FROM broken
    JOIN channel_posting p ON p.root_id = broken.root_id
    JOIN channel_inventory_layerconsumption c
      ON c.tenant_id = %(tenant)s AND c.pos_line_id = p.line_id AND c.reverses_id IS NULL
),
piece AS (
    SELECT taken.id, taken.layer_id, taken.unit_cost, taken.currency, moved.pos_line_id, sum(moved.quantity) AS quantity
    FROM taken
    CROSS JOIN LATERAL (
        SELECT taken.pos_line_id, taken.quantity
        UNION ALL
        SELECT r.pos_line_id, r.quantity
        FROM channel_inventory_layerconsumption r
        WHERE r.tenant_id = %(tenant)s AND r.reverses_id = taken.id
    ) AS moved
    GROUP BY taken.id, taken.layer_id, taken.unit_cost, taken.currency, moved.pos_line_id
    HAVING sum(moved.quantity) <> 0
),
written AS (
    INSERT INTO channel_inventory_layerconsumption (
        tenant_id, pos_line_id, layer_id, kind, quantity, unit_cost, currency, reverses_id, recorded_at
    )
    SELECT
        %(tenant)s, pos_line_id, layer_id,
        CASE WHEN quantity > 0 THEN 'reverse' WHEN layer_id IS NULL THEN 'no_layer' ELSE 'consume' END,
        -quantity, unit_cost, currency, id, %(at)s
    FROM piece
    ORDER BY id, pos_line_id
    RETURNING layer_id, quantity
)
UPDATE channel_inventory_costlayer l
SET remaining = l.remaining - back.quantity
FROM (SELECT layer_id, sum(quantity) AS quantity FROM written WHERE layer_id IS NOT NULL GROUP BY layer_id) AS back
WHERE l.tenant_id = %(tenant)s AND l.id = back.layer_id
