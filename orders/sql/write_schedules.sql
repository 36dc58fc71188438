-- Write back the schedules that a verb changed.
UPDATE orders_schedule AS s
SET quantity = c.quantity, open_qty = c.open_qty, open_value = c.open_value, open_reporting = c.open_reporting,
    released_qty = c.released_qty, shipped_qty = c.shipped_qty, request_date = c.request_date,
    first_commit = c.first_commit, current_commit = c.current_commit, ship_date = c.ship_date
FROM json_to_recordset(%(schedules)s::json) AS c (
    id bigint, quantity bigint, open_qty bigint, open_value bigint, open_reporting bigint, released_qty bigint,
    shipped_qty bigint, request_date date, first_commit date, current_commit date, ship_date date
)
WHERE s.tenant_id = %(tenant_id)s::bigint AND s.id = c.id
RETURNING s.id
