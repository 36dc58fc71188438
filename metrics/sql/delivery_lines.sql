-- Lines in full by dimension and basis: a line passes when all of its schedules that are due in the span are on time,
-- misses when one of them is late or too early, and is undecided while the window of another one is open.
SELECT
    dimension, id, basis,
    count(*) FILTER (WHERE is_full) AS in_full,
    count(*) FILTER (WHERE is_missed) AS missed,
    count(*) AS lines
FROM (
    SELECT
        d.dimension,
        CASE d.dimension
            WHEN 'sell_to' THEN f.sell_to_id
            WHEN 'end_buyer' THEN f.end_buyer_id
            WHEN 'family' THEN f.family_id
            WHEN 'site' THEN f.site_id
            ELSE 0
        END AS id,
        f.basis, f.line_id,
        bool_and(f.outcome = 'on_time') AS is_full,
        bool_or(f.outcome IN ('late', 'too_early')) AS is_missed
    FROM metrics_delivered_by_basis(
        %(tenant)s, %(as_of)s, %(first)s, %(last)s, %(sell_tos)s::bigint[], %(end_buyers)s::bigint[],
        %(products)s::bigint[], %(sites)s::bigint[], %(origin)s, %(countries)s::text[], %(counted)s::text[],
        %(business)s::text[], %(lane_sites)s::bigint[], %(lane_countries)s::text[], %(lane_days)s::integer[],
        %(known_since)s::timestamptz
    ) AS f
    CROSS JOIN unnest(%(dimensions)s::text[]) AS d (dimension)
    WHERE f.outcome NOT IN ('excluded', 'uncommitted')
    GROUP BY 1, 2, 3, 4
) line
GROUP BY 1, 2, 3
