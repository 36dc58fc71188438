-- A line's figures are those of its schedules, and a schedule of a line that was booked is open or shipped, whole.
WITH schedules AS (
    SELECT
        line_id, oms_sum(quantity) AS quantity, oms_sum(open_qty) AS open_qty, oms_sum(open_value) AS open_value,
        oms_sum(open_qty + shipped_qty) AS accounted
    FROM orders_schedule
    WHERE tenant_id = %(tenant)s
    GROUP BY line_id
),
found AS (
    SELECT
        'orders_orderline' AS table_name, l.id AS row_id, 'order ' || l.order_id || ', line ' || l.line_no AS name,
        v.what, v.expected, v.found
    FROM orders_orderline l
    LEFT JOIN schedules s ON s.line_id = l.id
    CROSS JOIN LATERAL (
        VALUES
        ('quantity', coalesce(s.quantity, 0), l.quantity),
        ('open_qty', coalesce(s.open_qty, 0), l.open_qty),
        ('open_value', coalesce(s.open_value, 0), l.open_value),
        (
            'open and shipped quantity',
            coalesce(s.quantity, 0),
            CASE WHEN l.booked_date IS NULL THEN coalesce(s.quantity, 0) ELSE coalesce(s.accounted, 0) END
        )
    ) AS v (what, expected, found)
    WHERE l.tenant_id = %(tenant)s
        AND (l.quantity, l.open_qty, l.open_value, CASE WHEN l.booked_date IS NULL THEN 0 ELSE coalesce(s.accounted, 0) END)
            IS DISTINCT FROM (
                coalesce(s.quantity, 0), coalesce(s.open_qty, 0), coalesce(s.open_value, 0),
                CASE WHEN l.booked_date IS NULL THEN 0 ELSE coalesce(s.quantity, 0) END
            )
)
SELECT f.*, count(*) OVER () AS total, sum(abs(coalesce(f.found, 0) - coalesce(f.expected, 0))) OVER () AS difference
FROM found f
WHERE f.expected IS DISTINCT FROM f.found
ORDER BY f.row_id, f.what
LIMIT %(limit)s
