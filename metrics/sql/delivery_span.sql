-- First and last day that business days have to be counted for; empty without schedules.
SELECT
    least(min(request_date), min(first_commit), min(current_commit), min(ship_date), min(delivery_date)) AS first,
    greatest(max(request_date), max(first_commit), max(current_commit), max(ship_date), max(delivery_date)) AS last
FROM orders_schedule
WHERE tenant_id = %(tenant)s
