-- Every column is named in each object.
INSERT INTO orders_schedule
SELECT s.* FROM json_populate_recordset(NULL::orders_schedule, %(rows)s::json) AS s
RETURNING id
