-- What no layer held, at the book price of its day where one is known.
INSERT INTO channel_inventory_layerconsumption (
    tenant_id, pos_line_id, stock_row_id, kind, quantity, unit_cost, currency, recorded_at
)
SELECT %(tenant)s, s.line_id, s.stock_row_id, 'no_layer', s.quantity, s.unit_cost, s.currency, %(at)s
FROM unnest(
    %(lines)s::bigint[], %(stock_rows)s::bigint[], %(quantities)s::bigint[], %(costs)s::numeric[], %(currencies)s::text[]
) WITH ORDINALITY AS s (line_id, stock_row_id, quantity, unit_cost, currency, place)
ORDER BY s.place
