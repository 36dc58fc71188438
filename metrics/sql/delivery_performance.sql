-- On-time delivery from `first` to `last`, summed by each of the dimensions asked for and by basis: all, sell_to,
-- end_buyer, family, site, moves (how often the commit moved, three and more together) and distance (how far the
-- shipment lay from the current commit). See the function metrics_delivered. Schedules are counted by their three
-- classes first, and the few sums that this gives are laid out by basis.
SELECT
    g.dimension, g.id, v.basis,
    coalesce(sum(schedules) FILTER (WHERE class = 'on_time'), 0)::bigint AS on_time,
    coalesce(sum(schedules) FILTER (WHERE class IN ('late', 'unshipped')), 0)::bigint AS late,
    coalesce(sum(schedules) FILTER (WHERE class = 'too_early'), 0)::bigint AS too_early,
    coalesce(sum(schedules) FILTER (WHERE class = 'pending'), 0)::bigint AS pending,
    coalesce(sum(schedules) FILTER (WHERE class = 'uncommitted'), 0)::bigint AS uncommitted,
    coalesce(sum(schedules) FILTER (WHERE class = 'excluded'), 0)::bigint AS excluded,
    coalesce(sum(schedules) FILTER (WHERE class = 'unshipped'), 0)::bigint AS unshipped,
    coalesce(sum(converted) FILTER (WHERE class IN ('on_time', 'late', 'too_early')), 0)::bigint AS converted,
    coalesce(sum(quantity) FILTER (WHERE class = 'on_time'), 0)::bigint AS on_time_qty,
    coalesce(sum(quantity) FILTER (WHERE is_promised AND class <> 'pending'), 0)::bigint AS decided_qty,
    coalesce(sum(schedules) FILTER (WHERE is_promised), 0)::bigint AS promised,
    coalesce(sum(never_moved) FILTER (WHERE is_promised), 0)::bigint AS never_moved,
    coalesce(sum(moves) FILTER (WHERE is_promised), 0)::bigint AS moves,
    coalesce(sum(slip_days) FILTER (WHERE is_promised), 0)::bigint AS slip_days,
    coalesce(sum(supplier_moves) FILTER (WHERE is_promised), 0)::bigint AS supplier_moves,
    coalesce(sum(customer_moves) FILTER (WHERE is_promised), 0)::bigint AS customer_moves,
    coalesce(sum(gap_days) FILTER (WHERE is_promised), 0)::bigint AS gap_days
FROM (
    SELECT
        d.dimension,
        CASE d.dimension
            WHEN 'sell_to' THEN f.sell_to_id
            WHEN 'end_buyer' THEN f.end_buyer_id
            WHEN 'family' THEN f.family_id
            WHEN 'site' THEN f.site_id
            WHEN 'moves' THEN least(f.moves, 3)
            WHEN 'distance' THEN CASE
                WHEN f.current_actual IS NULL THEN 99
                WHEN f.current_off < 0 THEN greatest(f.current_off, -4)
                WHEN f.current_off > 5 THEN 6
                WHEN f.current_off > 2 THEN 3
                WHEN f.current_off > 0 THEN 1
                ELSE 0
            END
            ELSE 0
        END::bigint AS id,
        CASE WHEN f.request_outcome = 'late' AND f.request_actual IS NULL THEN 'unshipped' ELSE f.request_outcome END
            AS request_class,
        CASE WHEN f.first_outcome = 'late' AND f.first_actual IS NULL THEN 'unshipped' ELSE f.first_outcome END
            AS first_class,
        CASE WHEN f.current_outcome = 'late' AND f.current_actual IS NULL THEN 'unshipped' ELSE f.current_outcome END
            AS current_class,
        count(*) AS schedules,
        oms_sum(f.quantity) AS quantity,
        count(*) FILTER (WHERE f.is_converted) AS converted,
        count(*) FILTER (WHERE f.moves = 0) AS never_moved,
        sum(f.moves) AS moves,
        sum(f.slip_days) AS slip_days,
        sum(f.supplier_moves) AS supplier_moves,
        sum(f.customer_moves) AS customer_moves,
        sum(f.first_commit - f.request_date) AS gap_days
    FROM metrics_delivered(
        %(tenant)s, %(as_of)s, %(first)s, %(last)s, %(sell_tos)s::bigint[], %(end_buyers)s::bigint[],
        %(products)s::bigint[], %(sites)s::bigint[], %(origin)s, %(countries)s::text[], %(counted)s::text[],
        %(business)s::text[], %(lane_sites)s::bigint[], %(lane_countries)s::text[], %(lane_days)s::integer[],
        %(known_since)s::timestamptz
    ) AS f
    CROSS JOIN unnest(%(dimensions)s::text[]) AS d (dimension)
    GROUP BY 1, 2, 3, 4, 5
) g
CROSS JOIN LATERAL (
    VALUES ('request', request_class), ('first_commit', first_class), ('current_commit', current_class)
) AS v (basis, class)
CROSS JOIN LATERAL (SELECT v.class NOT IN ('excluded', 'uncommitted') AS is_promised) AS p
WHERE v.class IS NOT NULL
GROUP BY 1, 2, 3
