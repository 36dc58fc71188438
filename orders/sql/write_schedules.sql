-- Write back the schedules that a verb changed.
UPDATE orders_schedule AS s
SET quantity = c.quantity, open_qty = c.open_qty, open_value = c.open_value, open_reporting = c.open_reporting,
    released_qty = c.released_qty, shipped_qty = c.shipped_qty, request_date = c.request_date,
    first_commit = c.first_commit, current_commit = c.current_commit, ship_date = c.ship_date
FROM unnest(
    %(id)s::bigint[], %(quantity)s::bigint[], %(open_qty)s::bigint[], %(open_value)s::bigint[],
    %(open_reporting)s::bigint[], %(released_qty)s::bigint[], %(shipped_qty)s::bigint[], %(request_date)s::date[],
    %(first_commit)s::date[], %(current_commit)s::date[], %(ship_date)s::date[]
) AS c (
    id, quantity, open_qty, open_value, open_reporting, released_qty, shipped_qty, request_date, first_commit,
    current_commit, ship_date
)
WHERE s.tenant_id = %(tenant_id)s AND s.id = c.id
