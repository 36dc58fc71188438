-- Append ledger rows: one per element of the arrays, in their order.
INSERT INTO orders_orderledger (
    tenant_id, order_id, order_type, currency, business_date, event_date, recorded_at, initiator, reason_code, note,
    actor_id, line_id, schedule_id, verb, quantity_delta, value_delta, reporting_delta, open_qty, open_value,
    unit_price, sell_to_id, end_buyer_id, product_id, from_date, to_date, days, invoice_line_id, source_key
)
SELECT
    %(tenant_id)s, %(order_id)s, %(order_type)s, %(currency)s, %(business_date)s, %(event_date)s, %(recorded_at)s,
    %(initiator)s, %(reason_code)s, %(note)s, %(actor_id)s,
    e.line_id, e.schedule_id, e.verb, e.quantity_delta, e.value_delta, e.reporting_delta, e.open_qty, e.open_value,
    e.unit_price, e.sell_to_id, e.end_buyer_id, e.product_id, e.from_date, e.to_date, e.days, e.invoice_line_id,
    e.source_key
FROM unnest(
    %(line_id)s::bigint[], %(schedule_id)s::bigint[], %(verb)s::text[], %(quantity_delta)s::bigint[],
    %(value_delta)s::bigint[], %(reporting_delta)s::bigint[], %(open_qty)s::bigint[], %(open_value)s::bigint[],
    %(unit_price)s::numeric[], %(sell_to_id)s::bigint[], %(end_buyer_id)s::bigint[], %(product_id)s::bigint[],
    %(from_date)s::date[], %(to_date)s::date[], %(days)s::int[], %(invoice_line_id)s::bigint[], %(source_key)s::text[]
) WITH ORDINALITY AS e (
    line_id, schedule_id, verb, quantity_delta, value_delta, reporting_delta, open_qty, open_value, unit_price,
    sell_to_id, end_buyer_id, product_id, from_date, to_date, days, invoice_line_id, source_key, position
)
ORDER BY e.position
RETURNING id
