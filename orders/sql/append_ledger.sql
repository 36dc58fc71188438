-- Append ledger rows: one per element of the list, in its order.
INSERT INTO orders_orderledger (
    tenant_id, order_id, order_type, currency, business_date, event_date, recorded_at, initiator, reason_code, note,
    actor_id, line_id, schedule_id, verb, quantity_delta, value_delta, reporting_delta, open_qty, open_value,
    unit_price, sell_to_id, end_buyer_id, product_id, from_date, to_date, days, invoice_line_id, source_key
)
SELECT
    %(tenant_id)s::bigint, %(order_id)s::bigint, %(order_type)s::text, %(currency)s::text, %(business_date)s::date,
    %(event_date)s::date, %(recorded_at)s::timestamptz, %(initiator)s::text, %(reason_code)s::text, %(note)s::text,
    %(actor_id)s::bigint,
    e.line_id, e.schedule_id, e.verb, e.quantity_delta, e.value_delta, e.reporting_delta, e.open_qty, e.open_value,
    e.unit_price, e.sell_to_id, e.end_buyer_id, e.product_id, e.from_date, e.to_date, e.days, e.invoice_line_id,
    e.source_key
FROM ROWS FROM (
    json_to_recordset(%(events)s::json) AS (
        line_id bigint, schedule_id bigint, verb text, quantity_delta bigint, value_delta bigint, reporting_delta bigint,
        open_qty bigint, open_value bigint, unit_price numeric, sell_to_id bigint, end_buyer_id bigint,
        product_id bigint, from_date date, to_date date, days int, invoice_line_id bigint, source_key text
    )
) WITH ORDINALITY AS e (
    line_id, schedule_id, verb, quantity_delta, value_delta, reporting_delta, open_qty, open_value, unit_price,
    sell_to_id, end_buyer_id, product_id, from_date, to_date, days, invoice_line_id, source_key, position
)
ORDER BY e.position
RETURNING id
