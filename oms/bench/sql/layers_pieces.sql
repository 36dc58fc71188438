-- The rows that have just been written: those of reports, which another measure may have left, name a line.
CREATE TEMPORARY TABLE bench_pieces ON COMMIT DROP AS
SELECT c.tenant_id, c.stock_row_id, c.layer_id, c.kind, c.quantity, c.unit_cost, c.currency, c.recorded_at
FROM channel_inventory_layerconsumption c
WHERE c.tenant_id = %(tenant)s AND c.stock_row_id IS NOT NULL AND c.kind = 'consume'
