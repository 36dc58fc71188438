-- the schedules with their orders and lines, their dates counted by sell-to
SELECT
    o.sell_to_id, count(*), count(*) FILTER (WHERE s.ship_date <= s.request_date),
    count(*) FILTER (WHERE s.ship_date <= s.first_commit), count(*) FILTER (WHERE s.ship_date <= s.current_commit),
    sum(s.quantity) FILTER (WHERE s.ship_date <= s.current_commit), count(n.ship_from_id)
FROM orders_schedule s
JOIN orders_order o ON o.tenant_id = %(tenant)s AND o.id = s.order_id
JOIN orders_orderline n ON n.tenant_id = %(tenant)s AND n.id = s.line_id
WHERE s.tenant_id = %(tenant)s
GROUP BY o.sell_to_id
