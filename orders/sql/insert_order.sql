-- Every column is named in each object.
INSERT INTO orders_order SELECT o.* FROM json_populate_recordset(NULL::orders_order, %(rows)s::json) AS o RETURNING id
