-- What a blanket line has released is what the lines that release from it have taken, it is never more than the line
-- holds, and such a line belongs to an order of that blanket, for the same part. Leans on line_of_blanket.
WITH taken AS (
    SELECT blanket_line_id, sum(blanket_qty) AS quantity
    FROM orders_orderline
    WHERE tenant_id = %(tenant)s AND blanket_line_id IS NOT NULL
    GROUP BY blanket_line_id
),
blankets AS (
    SELECT s.line_id, sum(s.released_qty) AS released, sum(s.quantity) AS quantity
    FROM orders_schedule s
    JOIN orders_order o ON o.tenant_id = s.tenant_id AND o.id = s.order_id
    WHERE s.tenant_id = %(tenant)s AND o.order_type = 'blanket'
    GROUP BY s.line_id
),
found AS (
    SELECT
        'orders_orderline' AS table_name, coalesce(b.line_id, t.blanket_line_id) AS row_id,
        'blanket line ' || coalesce(b.line_id, t.blanket_line_id) AS name, v.what, v.expected::numeric AS expected,
        v.found::numeric AS found
    FROM blankets b
    FULL JOIN taken t ON t.blanket_line_id = b.line_id
    CROSS JOIN LATERAL (
        VALUES
        ('released', coalesce(t.quantity, 0), coalesce(b.released, 0)),
        ('released over the blanket', 0, greatest(coalesce(t.quantity, 0) - coalesce(b.quantity, 0), 0))
    ) AS v (what, expected, found)
    UNION ALL
    SELECT
        'orders_orderline', l.id, 'order ' || l.order_id || ', line ' || l.line_no, v.what, v.expected, v.found
    FROM orders_orderline l
    JOIN orders_order o ON o.tenant_id = l.tenant_id AND o.id = l.order_id
    JOIN orders_orderline b ON b.tenant_id = l.tenant_id AND b.id = l.blanket_line_id
    CROSS JOIN LATERAL (
        VALUES
        ('blanket', b.order_id, o.blanket_id), ('product', b.product_id, l.product_id),
        ('taken over its own quantity', 0, greatest(l.blanket_qty - l.quantity, 0))
    ) AS v (what, expected, found)
    WHERE l.tenant_id = %(tenant)s AND l.blanket_line_id IS NOT NULL AND l.status <> 'cancelled'
)
SELECT f.*, count(*) OVER () AS total, sum(abs(coalesce(f.found, 0) - coalesce(f.expected, 0))) OVER () AS difference
FROM found f
WHERE f.expected IS DISTINCT FROM f.found
ORDER BY f.row_id, f.what
LIMIT %(limit)s
