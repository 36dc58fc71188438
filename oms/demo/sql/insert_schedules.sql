INSERT INTO orders_schedule (
    id, tenant_id, order_id, line_id, number, quantity, open_qty, open_value, open_reporting, released_qty, shipped_qty,
    request_date, first_commit, current_commit, ship_date, date_basis
)
SELECT schedule_id, %(tenant_id)s, id, line_id, 1, last_quantity, CASE WHEN is_shipped THEN 0 ELSE last_quantity END,
       CASE WHEN is_shipped THEN 0 ELSE last_value END, CASE WHEN is_shipped THEN 0 ELSE last_reporting END, 0,
       CASE WHEN is_shipped THEN last_quantity ELSE 0 END, request_date, CASE WHEN is_committed THEN first_commit END,
       current_commit, CASE WHEN is_shipped THEN ship_date END, 'ship'
FROM demo_line
