-- The ledger rows of open, booked schedules whose request moves by a week, as the action would write them. Takes %(count)s of
-- them, of the newest orders.
CREATE TEMPORARY TABLE bench_redate ON COMMIT DROP AS
SELECT s.tenant_id, s.order_id, s.line_id, s.id AS schedule_id, l.version AS line_version, o.order_type, o.currency,
       %(day)s::date AS business_date, %(day)s::date AS event_date, %(at)s::timestamptz AS recorded_at,
       'us' AS initiator, 'capacity' AS reason_code, '' AS note, 'request_moved' AS verb, 0 AS quantity_delta,
       0 AS value_delta, 0 AS reporting_delta, s.open_qty, s.open_value, l.unit_price, o.sell_to_id, l.end_buyer_id,
       l.product_id, s.request_date AS from_date, s.request_date + 7 AS to_date, 7 AS days
FROM orders_schedule s
JOIN orders_orderline l ON l.tenant_id = s.tenant_id AND l.id = s.line_id AND l.status IN ('booked', 'shipped')
JOIN orders_order o ON o.tenant_id = s.tenant_id AND o.id = s.order_id
WHERE s.tenant_id = %(tenant)s AND s.open_qty > 0 AND s.request_date + 7 >= o.order_date
ORDER BY s.order_id DESC, s.id
LIMIT %(count)s
