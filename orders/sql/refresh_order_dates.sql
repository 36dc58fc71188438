-- Bring the dates of many orders up to their schedules after nothing but dates has changed; versions rise by the
-- number of changes, as if each had been made by itself. Leans on schedule_of_order.
UPDATE orders_order AS o
SET version = o.version + d.changes,
    next_request_date = d.next_request_date,
    next_commit_date = d.next_commit_date,
    -- a blanket is promised by its releases
    has_uncommitted = d.has_uncommitted AND o.order_type <> 'blanket'
FROM (
    SELECT c.order_id, c.changes,
           min(s.request_date) FILTER (WHERE s.open_qty > 0 OR s.shipped_qty = 0) AS next_request_date,
           min(s.current_commit) FILTER (WHERE s.open_qty > 0) AS next_commit_date,
           coalesce(bool_or(s.open_qty > 0 AND s.current_commit IS NULL), false) AS has_uncommitted
    FROM unnest((SELECT %(orders)s::bigint[]), (SELECT %(changes)s::bigint[])) AS c (order_id, changes)
    JOIN orders_schedule s ON s.tenant_id = %(tenant_id)s::bigint AND s.order_id = c.order_id
    GROUP BY c.order_id, c.changes
) d
WHERE o.tenant_id = %(tenant_id)s::bigint AND o.id = d.order_id
RETURNING o.id
