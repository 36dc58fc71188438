-- Each schedule's open and shipped figures against the sum of its own ledger rows. What differs is sought among whole
-- rows and told by column afterwards: millions of schedules foot.
WITH ledger AS (
    SELECT
        schedule_id, oms_sum(quantity_delta) AS open_qty, oms_sum(value_delta) AS open_value,
        oms_sum(reporting_delta) AS open_reporting, bool_or(reporting_delta IS NULL) AS is_unrated,
        -oms_sum(quantity_delta) FILTER (WHERE verb IN ('shipped', 'unshipped')) AS shipped_qty
    FROM orders_orderledger
    WHERE tenant_id = %(tenant)s AND verb = ANY(%(backlog_verbs)s)
    GROUP BY schedule_id
),
found AS (
    SELECT
        'orders_schedule' AS table_name, s.id AS row_id, 'order ' || s.order_id || ', line ' || s.line_id AS name,
        v.what, v.expected, v.found
    FROM orders_schedule s
    LEFT JOIN ledger l ON l.schedule_id = s.id
    CROSS JOIN LATERAL (
        VALUES
        ('open_qty', coalesce(l.open_qty, 0), s.open_qty),
        ('open_value', coalesce(l.open_value, 0), s.open_value),
        (
            'open_reporting',
            CASE WHEN NOT coalesce(l.is_unrated, false) THEN coalesce(l.open_reporting, 0) END,
            CASE WHEN NOT coalesce(l.is_unrated, false) THEN coalesce(s.open_reporting, 0) ELSE s.open_reporting END
        ),
        ('shipped_qty', coalesce(l.shipped_qty, 0), s.shipped_qty)
    ) AS v (what, expected, found)
    WHERE s.tenant_id = %(tenant)s
        AND (
            (s.open_qty, s.open_value, s.open_reporting, s.shipped_qty) IS DISTINCT FROM (
                coalesce(l.open_qty, 0), coalesce(l.open_value, 0), coalesce(l.open_reporting, 0),
                coalesce(l.shipped_qty, 0)
            )
            OR (l.is_unrated AND s.open_reporting IS NOT NULL)
        )
)
SELECT f.*, count(*) OVER () AS total, sum(abs(coalesce(f.found, 0) - coalesce(f.expected, 0))) OVER () AS difference
FROM found f
WHERE f.expected IS DISTINCT FROM f.found
ORDER BY f.row_id, f.what
LIMIT %(limit)s
