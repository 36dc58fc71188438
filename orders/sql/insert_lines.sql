-- Every column is named in each object.
INSERT INTO orders_orderline
SELECT l.* FROM json_populate_recordset(NULL::orders_orderline, %(rows)s::json) AS l
RETURNING id
