-- A layer holds what arrived less what was taken from it, and each arrival has its layer.
WITH taken AS (
    SELECT c.layer_id, sum(c.quantity) AS quantity
    FROM channel_inventory_layerconsumption c
    WHERE c.tenant_id = %(tenant)s AND c.layer_id IS NOT NULL
    GROUP BY c.layer_id
),
found AS (
    SELECT
        'channel_inventory_costlayer' AS table_name, l.id AS row_id, 'layer of stock row ' || l.stock_row_id AS name,
        'remaining' AS what, l.quantity - coalesce(t.quantity, 0) AS expected, l.remaining::numeric AS found
    FROM channel_inventory_costlayer l
    LEFT JOIN taken t ON t.layer_id = l.id
    WHERE l.tenant_id = %(tenant)s
    UNION ALL
    SELECT
        'channel_inventory_stockledger', s.id, s.source_key, 'quantity of its layer', s.quantity,
        coalesce(l.quantity, 0)
    FROM channel_inventory_stockledger s
    LEFT JOIN channel_inventory_costlayer l ON l.tenant_id = s.tenant_id AND l.stock_row_id = s.id
    WHERE s.tenant_id = %(tenant)s AND s.kind = 'sell_in'
)
SELECT f.*, count(*) OVER () AS total, sum(abs(coalesce(f.found, 0) - coalesce(f.expected, 0))) OVER () AS difference
FROM found f
WHERE f.expected IS DISTINCT FROM f.found
ORDER BY f.row_id, f.what
LIMIT %(limit)s
