-- On-time delivery from `first` to `as_of`, summed by each of the dimensions asked for and by basis: all, sell_to,
-- end_buyer, family, site, moves (how often the commit moved, three and more together), distance (how far the actual lay
-- from the date) and period (the whole span, in which `since` is the first day of the other dimensions). See the function
-- metrics_delivery.
SELECT
    d.dimension,
    CASE d.dimension
        WHEN 'sell_to' THEN f.sell_to_id
        WHEN 'end_buyer' THEN f.end_buyer_id
        WHEN 'family' THEN f.family_id
        WHEN 'site' THEN f.site_id
        WHEN 'moves' THEN least(f.moves, 3)
        WHEN 'period' THEN width_bucket(f.due_on, %(periods)s::date[])
        WHEN 'distance' THEN CASE
            WHEN f.actual IS NULL THEN 99
            WHEN f.days_late < 0 THEN greatest(f.days_late, -4)
            WHEN f.days_late > 5 THEN 6
            WHEN f.days_late > 2 THEN 3
            WHEN f.days_late > 0 THEN 1
            ELSE 0
        END
        ELSE 0
    END::bigint AS id,
    f.basis,
    count(*) FILTER (WHERE f.outcome = 'on_time') AS on_time,
    count(*) FILTER (WHERE f.outcome = 'late') AS late,
    count(*) FILTER (WHERE f.outcome = 'too_early') AS too_early,
    count(*) FILTER (WHERE f.outcome = 'pending') AS pending,
    count(*) FILTER (WHERE f.outcome = 'uncommitted') AS uncommitted,
    count(*) FILTER (WHERE f.outcome = 'excluded') AS excluded,
    count(*) FILTER (WHERE f.outcome = 'late' AND f.actual IS NULL) AS unshipped,
    count(*) FILTER (WHERE f.is_converted AND f.outcome IN ('on_time', 'late', 'too_early')) AS converted,
    coalesce(oms_sum(f.quantity) FILTER (WHERE f.outcome = 'on_time'), 0)::bigint AS on_time_qty,
    coalesce(oms_sum(f.quantity) FILTER (WHERE f.outcome IN ('on_time', 'late', 'too_early')), 0)::bigint AS decided_qty,
    count(*) FILTER (WHERE f.outcome NOT IN ('excluded', 'uncommitted')) AS promised,
    count(*) FILTER (WHERE f.outcome NOT IN ('excluded', 'uncommitted') AND f.moves = 0) AS never_moved,
    coalesce(sum(f.moves) FILTER (WHERE f.outcome NOT IN ('excluded', 'uncommitted')), 0)::bigint AS moves,
    coalesce(sum(f.slip_days) FILTER (WHERE f.outcome NOT IN ('excluded', 'uncommitted')), 0)::bigint AS slip_days,
    coalesce(sum(f.supplier_moves) FILTER (WHERE f.outcome NOT IN ('excluded', 'uncommitted')), 0)::bigint
        AS supplier_moves,
    coalesce(sum(f.customer_moves) FILTER (WHERE f.outcome NOT IN ('excluded', 'uncommitted')), 0)::bigint
        AS customer_moves,
    coalesce(sum(f.first_commit - f.request_date) FILTER (WHERE f.outcome NOT IN ('excluded', 'uncommitted')), 0)::bigint
        AS gap_days
FROM metrics_delivery(
    %(tenant)s, %(as_of)s, %(first)s, %(last)s, %(sell_tos)s::bigint[], %(end_buyers)s::bigint[], %(products)s::bigint[],
    %(sites)s::bigint[], %(origin)s, %(countries)s::text[], %(counted)s::text[], %(business)s::text[],
    %(lane_sites)s::bigint[], %(lane_countries)s::text[], %(lane_days)s::integer[]
) AS f
CROSS JOIN unnest(%(dimensions)s::text[]) AS d (dimension)
WHERE d.dimension = 'period' OR f.due_on >= %(since)s
GROUP BY 1, 2, 3
