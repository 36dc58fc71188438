-- The limit of a batch of moved requests, second part: the ledger rows.
INSERT INTO orders_orderledger (
    tenant_id, order_id, order_type, currency, business_date, event_date, recorded_at, initiator, reason_code, note,
    line_id, schedule_id, verb, quantity_delta, value_delta, reporting_delta, open_qty, open_value, unit_price,
    sell_to_id, end_buyer_id, product_id, from_date, to_date, days
)
SELECT tenant_id, order_id, order_type, currency, business_date, event_date, recorded_at, initiator, reason_code, note,
       line_id, schedule_id, verb, quantity_delta, value_delta, reporting_delta, open_qty, open_value, unit_price,
       sell_to_id, end_buyer_id, product_id, from_date, to_date, days
FROM bench_redate
ORDER BY order_id, line_id, schedule_id
