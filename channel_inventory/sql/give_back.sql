-- Returns give back exactly units of their sale, those taken last first: shortages, then the newest layer.
WITH back AS (
    SELECT
        p.line_id, p.root_id, -p.target - coalesce(-held.quantity, 0) AS quantity,
        sum(-p.target - coalesce(-held.quantity, 0)) OVER (
            PARTITION BY p.root_id ORDER BY p.on_date, p.line_key, p.line_id ROWS UNBOUNDED PRECEDING
        ) AS upto
    FROM channel_posting p
    LEFT JOIN (
        SELECT c.pos_line_id, sum(c.quantity) AS quantity
        FROM channel_inventory_layerconsumption c
        JOIN channel_posting mine ON mine.line_id = c.pos_line_id AND mine.is_return
        WHERE c.tenant_id = %(tenant)s
        GROUP BY c.pos_line_id
    ) AS held ON held.pos_line_id = p.line_id
    WHERE p.is_return AND -p.target > coalesce(-held.quantity, 0)
),
taken AS (
    SELECT
        p.root_id, c.id, c.layer_id, c.unit_cost, c.currency, l.received_on,
        c.quantity + coalesce((
            SELECT sum(r.quantity)
            FROM channel_inventory_layerconsumption r
            WHERE r.tenant_id = %(tenant)s AND r.reverses_id = c.id
        ), 0) AS quantity
    FROM channel_posting p
    JOIN channel_inventory_layerconsumption c
      ON c.tenant_id = %(tenant)s AND c.pos_line_id = p.line_id AND c.reverses_id IS NULL
    LEFT JOIN channel_inventory_costlayer l ON l.tenant_id = %(tenant)s AND l.id = c.layer_id
    WHERE NOT p.is_return AND p.root_id IN (SELECT back.root_id FROM back)
),
giving AS (
    SELECT
        taken.*,
        sum(taken.quantity) OVER (
            PARTITION BY taken.root_id
            ORDER BY taken.received_on DESC NULLS FIRST, taken.layer_id DESC NULLS FIRST, taken.id DESC
            ROWS UNBOUNDED PRECEDING
        ) AS upto
    FROM taken
    WHERE taken.quantity > 0
),
written AS (
    INSERT INTO channel_inventory_layerconsumption (
        tenant_id, pos_line_id, layer_id, kind, quantity, unit_cost, currency, reverses_id, recorded_at
    )
    SELECT
        %(tenant)s, back.line_id, giving.layer_id, 'reverse',
        greatest(back.upto - back.quantity, giving.upto - giving.quantity) - least(back.upto, giving.upto),
        giving.unit_cost, giving.currency, giving.id, %(at)s
    FROM back
    JOIN giving
      ON giving.root_id = back.root_id
     AND back.upto - back.quantity < giving.upto AND giving.upto - giving.quantity < back.upto
    ORDER BY back.upto, giving.upto
    RETURNING layer_id, quantity
)
UPDATE channel_inventory_costlayer l
SET remaining = l.remaining - given.quantity
FROM (SELECT layer_id, sum(quantity) AS quantity FROM written WHERE layer_id IS NOT NULL GROUP BY layer_id) AS given
WHERE l.tenant_id = %(tenant)s AND l.id = given.layer_id
