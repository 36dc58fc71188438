-- On-time delivery by period and basis; `periods` are their first days, the first of them is `first`. See the function
-- metrics_delivered. Schedules are counted by what they are on all three bases, and then laid out by basis.
SELECT
    v.period AS id, v.basis,
    coalesce(sum(schedules) FILTER (WHERE v.outcome = 'on_time'), 0)::bigint AS on_time,
    coalesce(sum(schedules) FILTER (WHERE v.outcome = 'late'), 0)::bigint AS late,
    coalesce(sum(schedules) FILTER (WHERE v.outcome = 'too_early'), 0)::bigint AS too_early,
    coalesce(sum(schedules) FILTER (WHERE v.outcome = 'pending'), 0)::bigint AS pending,
    coalesce(sum(schedules) FILTER (WHERE v.outcome = 'uncommitted'), 0)::bigint AS uncommitted
FROM (
    SELECT
        width_bucket(f.request_date, %(periods)s::date[]) AS request_period,
        width_bucket(coalesce(f.first_commit, f.request_date), %(periods)s::date[]) AS first_period,
        width_bucket(coalesce(f.current_commit, f.request_date), %(periods)s::date[]) AS current_period,
        f.request_outcome, f.first_outcome, f.current_outcome, count(*) AS schedules
    FROM metrics_delivered(
        %(tenant)s, %(as_of)s, %(first)s, %(last)s, %(sell_tos)s::bigint[], %(end_buyers)s::bigint[],
        %(products)s::bigint[], %(sites)s::bigint[], %(origin)s, %(countries)s::text[], %(counted)s::text[],
        %(business)s::text[], %(lane_sites)s::bigint[], %(lane_countries)s::text[], %(lane_days)s::integer[],
        %(known_since)s::timestamptz
    ) AS f
    GROUP BY 1, 2, 3, 4, 5, 6
) g
CROSS JOIN LATERAL (
    VALUES
    ('request', request_period, request_outcome),
    ('first_commit', first_period, first_outcome),
    ('current_commit', current_period, current_outcome)
) AS v (basis, period, outcome)
WHERE v.outcome IS NOT NULL AND v.outcome <> 'excluded'
GROUP BY 1, 2
