-- An order's own figures are those of its lines and holds.
WITH lines AS (
    SELECT order_id, count(*) AS line_count, oms_sum(open_value) AS open_value
    FROM orders_orderline
    WHERE tenant_id = %(tenant)s
    GROUP BY order_id
),
holds AS (
    SELECT order_id, count(*) AS hold_count
    FROM orders_hold
    WHERE tenant_id = %(tenant)s AND released_at IS NULL
    GROUP BY order_id
),
found AS (
    SELECT
        'orders_order' AS table_name, o.id AS row_id, 'order ' || o.number AS name, v.what, v.expected, v.found
    FROM orders_order o
    LEFT JOIN lines l ON l.order_id = o.id
    LEFT JOIN holds h ON h.order_id = o.id
    CROSS JOIN LATERAL (
        VALUES
        ('open_value', coalesce(l.open_value, 0), o.open_value),
        ('line_count', coalesce(l.line_count, 0), o.line_count),
        ('hold_count', coalesce(h.hold_count, 0), o.hold_count)
    ) AS v (what, expected, found)
    WHERE o.tenant_id = %(tenant)s
        AND (o.open_value, o.line_count, o.hold_count) IS DISTINCT FROM
            (coalesce(l.open_value, 0), coalesce(l.line_count, 0), coalesce(h.hold_count, 0))
)
SELECT f.*, count(*) OVER () AS total, sum(abs(coalesce(f.found, 0) - coalesce(f.expected, 0))) OVER () AS difference
FROM found f
WHERE f.expected IS DISTINCT FROM f.found
ORDER BY f.row_id, f.what
LIMIT %(limit)s
