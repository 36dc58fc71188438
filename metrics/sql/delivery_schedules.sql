-- The schedules behind a figure of delivery performance: a page of `size` (all when it is empty) after a due date and
-- id, oldest first, with the number of all of them. With `is_worst_first` the latest ones instead, without pages.
WITH picked AS (
    SELECT f.*
    FROM metrics_delivered_by_basis(
        %(tenant)s, %(as_of)s, %(first)s, %(last)s, %(sell_tos)s::bigint[], %(end_buyers)s::bigint[],
        %(products)s::bigint[], %(sites)s::bigint[], %(origin)s, %(countries)s::text[], %(counted)s::text[],
        %(business)s::text[], %(lane_sites)s::bigint[], %(lane_countries)s::text[], %(lane_days)s::integer[],
        %(known_since)s::timestamptz
    ) AS f
    WHERE f.basis = %(basis)s
        AND f.outcome = ANY(%(outcomes)s::text[])
        AND (NOT %(is_unshipped)s OR f.actual IS NULL)
        AND (%(moves_from)s::integer IS NULL OR f.moves >= %(moves_from)s::integer)
        AND (%(moves_to)s::integer IS NULL OR f.moves <= %(moves_to)s::integer)
),
page AS (
    SELECT *
    FROM picked
    WHERE (due_on, schedule_id) > (%(after_date)s::date, %(after_id)s)
    ORDER BY CASE WHEN %(is_worst_first)s THEN -days_late END, due_on, schedule_id
    LIMIT %(size)s
)
SELECT
    p.*, s.number AS schedule_no, o.number AS order_number, n.line_no, w.name AS site_name,
    (SELECT count(*) FROM picked) AS picked_count,
    (SELECT coalesce(sum(quantity), 0) FROM picked)::bigint AS picked_quantity
FROM (SELECT true) AS always
LEFT JOIN page p ON true
LEFT JOIN orders_order o ON o.tenant_id = %(tenant)s AND o.id = p.order_id
LEFT JOIN orders_schedule s ON s.tenant_id = %(tenant)s AND s.id = p.schedule_id
LEFT JOIN orders_orderline n ON n.tenant_id = %(tenant)s AND n.id = p.line_id
LEFT JOIN parties_location w ON w.tenant_id = %(tenant)s AND w.id = p.site_id
ORDER BY CASE WHEN %(is_worst_first)s THEN -p.days_late END, p.due_on, p.schedule_id
