-- Write back the lines that a verb changed; their version rises, which is what a stale edit trips over.
UPDATE orders_orderline AS l
SET quantity = c.quantity, open_qty = c.open_qty, open_value = c.open_value, status = c.status,
    end_buyer_id = c.end_buyer_id, unit_price = c.unit_price, booking_rate = c.booking_rate,
    booked_date = coalesce(l.booked_date, c.booked_date), version = l.version + 1
FROM unnest(
    %(id)s::bigint[], %(quantity)s::bigint[], %(open_qty)s::bigint[], %(open_value)s::bigint[], %(status)s::text[],
    %(end_buyer_id)s::bigint[], %(unit_price)s::numeric[], %(booking_rate)s::numeric[], %(booked_date)s::date[]
) AS c (id, quantity, open_qty, open_value, status, end_buyer_id, unit_price, booking_rate, booked_date)
WHERE l.tenant_id = %(tenant_id)s AND l.id = c.id
