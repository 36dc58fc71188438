-- The limit of a batch of moved requests, third part: the versions of the lines.
UPDATE orders_orderline AS l
SET version = l.version + r.changes
FROM (SELECT line_id, count(*) AS changes FROM bench_redate GROUP BY line_id) r
WHERE l.tenant_id = %(tenant)s AND l.id = r.line_id
