-- What the outcomes tell of settled schedules against the same classed from orders and ledger; and schedules without a
-- row. Orders with news since the last run are left to the next one. Nothing is compared without a run.
WITH live AS MATERIALIZED (
    SELECT *
    FROM metrics_delivery_live(
        %(tenant)s, %(delivery_night)s::date, '-infinity'::date, 'infinity'::date, NULL::bigint[], NULL::bigint[],
        NULL::bigint[], NULL::bigint[], %(delivery_origin)s::date, %(delivery_countries)s::text[],
        %(delivery_counted)s::text[], %(delivery_business)s::text[], '{}'::bigint[], '{}'::text[], '{}'::integer[]
    )
    WHERE %(delivery_since)s::timestamptz IS NOT NULL
),
settled AS (
    SELECT *
    FROM metrics_delivery_settled(
        %(tenant)s, %(delivery_night)s::date, '-infinity'::date, 'infinity'::date, NULL::bigint[], NULL::bigint[],
        NULL::bigint[], NULL::bigint[], %(delivery_since)s::timestamptz
    )
    WHERE %(delivery_since)s::timestamptz IS NOT NULL
),
classes AS (
    SELECT ARRAY['on_time', 'late', 'too_early', 'pending', 'uncommitted', 'excluded'] AS names
),
compared AS (
    SELECT s.schedule_id, v.what, v.expected::bigint AS expected, v.found::bigint AS found
    FROM settled s
    LEFT JOIN live l ON l.schedule_id = s.schedule_id
    CROSS JOIN classes c
    CROSS JOIN LATERAL (
        VALUES
        ('class by request', array_position(c.names, l.request_outcome), array_position(c.names, s.request_outcome)),
        ('class by first commit', array_position(c.names, l.first_outcome), array_position(c.names, s.first_outcome)),
        (
            'class by current commit', array_position(c.names, l.current_outcome),
            array_position(c.names, s.current_outcome)
        ),
        ('quantity', l.quantity, s.quantity),
        ('moves', l.moves, s.moves),
        ('slip days', l.slip_days, s.slip_days),
        ('shipment', l.request_actual - date '2000-01-01', s.request_actual - date '2000-01-01'),
        ('current commit', l.current_commit - date '2000-01-01', s.current_commit - date '2000-01-01')
    ) AS v (what, expected, found)
    UNION ALL
    SELECT l.schedule_id, 'rows', 1, 0
    FROM live l
    WHERE NOT EXISTS (
            SELECT FROM metrics_deliveryoutcome t WHERE t.tenant_id = %(tenant)s AND t.schedule_id = l.schedule_id
        )
        AND NOT EXISTS (
            SELECT
            FROM orders_orderledger r
            WHERE r.tenant_id = %(tenant)s AND r.order_id = l.order_id
                AND r.recorded_at > %(delivery_since)s::timestamptz
        )
)
SELECT
    'metrics_deliveryoutcome', f.schedule_id, 'schedule ' || f.schedule_id, f.what, f.expected, f.found,
    count(*) OVER () AS total, sum(abs(coalesce(f.found, 0) - coalesce(f.expected, 0))) OVER () AS difference
FROM compared f
WHERE f.expected IS DISTINCT FROM f.found
ORDER BY f.schedule_id, f.what
LIMIT %(limit)s
