-- The limit of a batch of moved requests, last part: the versions and dates that the list of orders shows.
UPDATE orders_order AS o
SET version = o.version + r.changes, next_request_date = o.next_request_date + 7
FROM (SELECT order_id, count(*) AS changes FROM bench_redate GROUP BY order_id) r
WHERE o.tenant_id = %(tenant)s AND o.id = r.order_id
