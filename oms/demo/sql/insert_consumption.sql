INSERT INTO channel_inventory_layerconsumption (
    tenant_id, pos_line_id, layer_id, kind, quantity, unit_cost, currency, recorded_at
)
SELECT %(tenant_id)s, sale_id, layer_id, 'consume', sold_quantity, unit_price, currency, reported_on + time '17:05'
FROM demo_sale
ORDER BY sale_id
