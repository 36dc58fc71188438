INSERT INTO orders_order (
    id, tenant_id, number, sell_to_id, bill_to_id, customer_po, customer_po_key, order_type, currency, order_date, source,
    default_ship_to_id, entered_at, version, status, line_count, hold_count, value, open_value, next_request_date,
    next_commit_date, has_uncommitted
)
SELECT o.id, %(tenant_id)s, 'SO-' || to_char(o.order_date, 'YY') || '-' || 200000 + o.n, o.sell_to_id, o.sell_to_id,
       'PO-' || 4500000 + o.n, 'PO-' || 4500000 + o.n, 'standard', o.currency, o.order_date, 'file', o.ship_to_id,
       o.order_date + time '16:00', 2,
       CASE WHEN l.cancelled = l.lines THEN 'cancelled' WHEN l.open_lines = 0 THEN 'shipped'
            WHEN l.shipped > 0 THEN 'part_shipped' ELSE 'booked' END,
       l.lines, 0, l.value, l.open_value,
       l.next_request, l.next_commit, l.has_uncommitted
FROM demo_order o
JOIN (
    SELECT id, count(*) AS lines, count(*) FILTER (WHERE last_quantity = 0) AS cancelled,
           count(*) FILTER (WHERE is_shipped) AS shipped,
           count(*) FILTER (WHERE NOT is_shipped AND last_quantity > 0) AS open_lines,
           coalesce(sum(round(last_quantity * last_price * 100)) FILTER (WHERE last_quantity > 0), 0) AS value,
           coalesce(sum(last_value) FILTER (WHERE NOT is_shipped), 0) AS open_value,
           min(request_date) FILTER (WHERE NOT is_shipped AND last_quantity > 0) AS next_request,
           min(current_commit) FILTER (WHERE NOT is_shipped AND last_quantity > 0) AS next_commit,
           coalesce(bool_or(NOT is_shipped AND last_quantity > 0 AND current_commit IS NULL), false) AS has_uncommitted
    FROM demo_line GROUP BY id
) l ON l.id = o.id
