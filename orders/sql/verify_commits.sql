-- The first commit is what was promised first and never moves: the only commit_set row of the schedule, or for a
-- split child without one the first commit of the schedule it came from. The current commit is the last row's.
-- Dates are compared as days since 2000-01-01, 0 where there is none.
WITH rows AS (
    SELECT
        schedule_id,
        count(*) FILTER (WHERE verb = 'commit_set') AS sets,
        (array_agg(to_date ORDER BY id) FILTER (WHERE verb = 'commit_set'))[1] AS first_commit,
        (array_agg(to_date ORDER BY id))[count(*)::int] AS current_commit
    FROM orders_orderledger
    WHERE tenant_id = %(tenant)s AND verb IN ('commit_set', 'commit_moved')
    GROUP BY schedule_id
),
dates AS (
    SELECT
        s.id, s.order_id, s.line_id, s.first_commit, s.current_commit, coalesce(r.sets, 0) AS sets,
        CASE WHEN r.sets > 0 THEN r.first_commit ELSE p.first_commit END AS told_first,
        coalesce(r.current_commit, s.current_commit) AS told_current
    FROM orders_schedule s
    LEFT JOIN rows r ON r.schedule_id = s.id
    LEFT JOIN orders_schedule p ON p.tenant_id = s.tenant_id AND p.id = s.split_from_id AND s.first_commit IS NOT NULL
    WHERE s.tenant_id = %(tenant)s
),
found AS (
    SELECT
        'orders_schedule' AS table_name, d.id AS row_id, 'order ' || d.order_id || ', line ' || d.line_id AS name,
        v.what, v.expected::bigint AS expected, v.found::bigint AS found
    FROM dates d
    CROSS JOIN LATERAL (
        VALUES
        ('commit_set rows', least(d.sets, 1), d.sets),
        ('first_commit', coalesce(d.told_first - date '2000-01-01', 0), coalesce(d.first_commit - date '2000-01-01', 0)),
        (
            'current_commit',
            coalesce(d.told_current - date '2000-01-01', 0), coalesce(d.current_commit - date '2000-01-01', 0)
        )
    ) AS v (what, expected, found)
    WHERE d.sets > 1 OR (d.told_first, d.told_current) IS DISTINCT FROM (d.first_commit, d.current_commit)
)
SELECT f.*, count(*) OVER () AS total, sum(abs(coalesce(f.found, 0) - coalesce(f.expected, 0))) OVER () AS difference
FROM found f
WHERE f.expected IS DISTINCT FROM f.found
ORDER BY f.row_id, f.what
LIMIT %(limit)s
