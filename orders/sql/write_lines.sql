-- Write back the lines that a verb changed; their version rises, which is what a stale edit trips over.
UPDATE orders_orderline AS l
SET quantity = c.quantity, open_qty = c.open_qty, open_value = c.open_value, status = c.status,
    end_buyer_id = c.end_buyer_id, unit_price = c.unit_price, booking_rate = c.booking_rate,
    booked_date = coalesce(l.booked_date, c.booked_date), version = l.version + 1
FROM json_to_recordset(%(lines)s::json) AS c (
    id bigint, quantity bigint, open_qty bigint, open_value bigint, status text, end_buyer_id bigint,
    unit_price numeric, booking_rate numeric, booked_date date
)
WHERE l.tenant_id = %(tenant_id)s::bigint AND l.id = c.id
RETURNING l.id
