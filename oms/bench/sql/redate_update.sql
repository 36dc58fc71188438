-- The limit of a batch of moved requests, first part: the dates.
UPDATE orders_schedule AS s
SET request_date = r.to_date
FROM bench_redate r
WHERE s.tenant_id = %(tenant)s AND s.id = r.schedule_id
