-- Bring an order's own figures up to its lines, schedules and holds, so that a list of orders reads one table.
UPDATE orders_order AS o
SET version = o.version + 1,
    line_count = f.line_count,
    hold_count = f.hold_count,
    value = f.value,
    open_value = f.open_value,
    next_request_date = d.next_request_date,
    next_commit_date = d.next_commit_date,
    -- a blanket is promised by its releases
    has_uncommitted = d.has_uncommitted AND o.order_type <> 'blanket',
    status = CASE
        WHEN f.line_count > 0 AND f.cancelled = f.line_count THEN 'cancelled'
        WHEN f.held > 0 AND f.booked = 0 AND f.shipped = 0 THEN 'held'
        WHEN f.booked = 0 AND f.shipped = 0 THEN 'entered'
        WHEN f.booked = 0 AND f.held = 0 AND f.entered = 0 THEN 'shipped'
        WHEN d.has_shipped THEN 'part_shipped'
        ELSE 'booked'
    END
FROM (
    SELECT count(*) AS line_count,
           count(*) FILTER (WHERE l.status = 'cancelled') AS cancelled,
           count(*) FILTER (WHERE l.status = 'held') AS held,
           count(*) FILTER (WHERE l.status = 'entered') AS entered,
           count(*) FILTER (WHERE l.status = 'booked') AS booked,
           count(*) FILTER (WHERE l.status = 'shipped') AS shipped,
           coalesce(sum(round(l.quantity * l.unit_price * %(minor_factor)s::numeric)) FILTER (WHERE l.status <> 'cancelled'), 0)
               AS value,
           coalesce(sum(l.open_value), 0) AS open_value,
           (SELECT count(*) FROM orders_hold h
            WHERE h.tenant_id = %(tenant_id)s::bigint AND h.order_id = %(order_id)s::bigint AND h.released_at IS NULL) AS hold_count
    FROM orders_orderline l
    WHERE l.tenant_id = %(tenant_id)s::bigint AND l.order_id = %(order_id)s::bigint
) f, (
    SELECT min(s.request_date) FILTER (WHERE s.open_qty > 0 OR s.shipped_qty = 0) AS next_request_date,
           min(s.current_commit) FILTER (WHERE s.open_qty > 0) AS next_commit_date,
           coalesce(bool_or(s.open_qty > 0 AND s.current_commit IS NULL), false) AS has_uncommitted,
           coalesce(bool_or(s.shipped_qty > 0), false) AS has_shipped
    FROM orders_schedule s
    WHERE s.tenant_id = %(tenant_id)s::bigint AND s.order_id = %(order_id)s::bigint
) d
WHERE o.tenant_id = %(tenant_id)s::bigint AND o.id = %(order_id)s::bigint
RETURNING o.version, o.status, o.line_count, o.hold_count, o.value, o.open_value, o.next_request_date,
    o.next_commit_date, o.has_uncommitted
