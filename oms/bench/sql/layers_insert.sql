INSERT INTO channel_inventory_layerconsumption (
    tenant_id, stock_row_id, layer_id, kind, quantity, unit_cost, currency, recorded_at
)
SELECT tenant_id, stock_row_id, layer_id, kind, quantity, unit_cost, currency, recorded_at FROM bench_pieces
