-- Why current commits were missed, by what is known of it, most schedules first: too early; the reason that somebody
-- gave when the date was moved after it had passed (`code …`); a hold that stood on the day (`hold …`); cancelled when
-- it was due already; a dock that was told in time. Empty: nothing is known. Nothing later than `as_of` counts.
WITH missed AS MATERIALIZED (
    SELECT f.schedule_id, f.order_id, f.line_id, f.due_on, f.outcome, f.open_qty, f.actual
    FROM metrics_delivered_by_basis(
        %(tenant)s, %(as_of)s, %(first)s, %(last)s, %(sell_tos)s::bigint[], %(end_buyers)s::bigint[],
        %(products)s::bigint[], %(sites)s::bigint[], %(origin)s, %(countries)s::text[], %(counted)s::text[],
        %(business)s::text[], %(lane_sites)s::bigint[], %(lane_countries)s::text[], %(lane_days)s::integer[],
        %(known_since)s::timestamptz
    ) AS f
    WHERE f.basis = 'current_commit' AND f.outcome IN ('late', 'too_early')
),
moved AS (
    SELECT DISTINCT ON (m.schedule_id) m.schedule_id, l.reason_code
    FROM missed m
    JOIN orders_orderledger l
        ON l.tenant_id = %(tenant)s AND l.order_id = m.order_id AND l.schedule_id = m.schedule_id
    WHERE l.verb = 'commit_moved' AND l.reason_code <> '' AND l.event_date > m.due_on AND l.event_date <= %(as_of)s
    ORDER BY m.schedule_id, l.event_date, l.recorded_at
),
held AS (
    SELECT DISTINCT ON (m.schedule_id) m.schedule_id, h.kind
    FROM missed m
    JOIN orders_hold h ON h.tenant_id = %(tenant)s AND h.order_id = m.order_id AND h.line_id = m.line_id
    WHERE h.placed_at::date <= m.due_on AND (h.released_at IS NULL OR h.released_at::date >= m.due_on)
    ORDER BY m.schedule_id, h.placed_at, h.id
),
told AS (
    SELECT DISTINCT m.schedule_id
    FROM missed m
    JOIN fulfilment_shiprequest r ON r.tenant_id = %(tenant)s AND r.order_id = m.order_id
    JOIN fulfilment_shiprequestline l
        ON l.tenant_id = %(tenant)s AND l.ship_request_id = r.id AND l.schedule_id = m.schedule_id
    WHERE r.released_at::date <= m.due_on
)
SELECT
    CASE
        WHEN m.outcome = 'too_early' THEN 'early'
        WHEN w.reason_code IS NOT NULL THEN 'code ' || w.reason_code
        WHEN h.kind IS NOT NULL THEN 'hold ' || h.kind
        WHEN m.actual IS NULL AND m.open_qty = 0 THEN 'cancelled'
        WHEN t.schedule_id IS NOT NULL THEN 'dock'
        ELSE ''
    END AS reason,
    count(*) AS schedules
FROM missed m
LEFT JOIN moved w ON w.schedule_id = m.schedule_id
LEFT JOIN held h ON h.schedule_id = m.schedule_id
LEFT JOIN told t ON t.schedule_id = m.schedule_id
GROUP BY 1
ORDER BY 2 DESC, 1
