INSERT INTO orders_orderline (
    id, tenant_id, order_id, line_no, product_id, customer_part, end_buyer_id, reported_end_buyer, project, ship_to_id,
    reported_ship_to, ship_from_id, quantity, open_qty, open_value, version, status, booked_date, booking_rate, unit_price,
    price_source, price_reason, price_trail, book_price, agreed_cost,
    agreement_line_id, cited_agreement, reserved_qty, override_reason, terms_reason, terms_trail
)
SELECT line_id, %(tenant_id)s, id, line_no, product_id, '', end_buyer_id, '', '', ship_to_id, '', ship_from_id, last_quantity,
       CASE WHEN is_shipped THEN 0 ELSE last_quantity END, CASE WHEN is_shipped THEN 0 ELSE last_value END, 1,
       CASE WHEN last_quantity = 0 THEN 'cancelled' WHEN is_shipped THEN 'shipped' ELSE 'booked' END, order_date, rate,
       last_price, CASE WHEN agreement_line_id IS NULL THEN 'price_list' ELSE 'agreement_any' END, 'Loaded history', '[]',
       book_price, agreed_cost, agreement_line_id, '', 0, '', '', '[]'
FROM demo_line
