INSERT INTO channel_inventory_layerconsumption (
    tenant_id, pos_line_id, layer_id, kind, quantity, unit_cost, currency, recorded_at
)
SELECT tenant_id, pos_line_id, layer_id, kind, quantity, unit_cost, currency, recorded_at FROM bench_pieces
