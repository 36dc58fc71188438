-- Goods that come back to us are taken from the layer of their own invoice line, as far as that still holds them.
WITH demand AS (
    SELECT
        d.id, d.stock_row_id, d.layer_id, d.quantity,
        sum(d.quantity) OVER (PARTITION BY d.layer_id ORDER BY d.on_date, d.id ROWS UNBOUNDED PRECEDING) AS upto
    FROM channel_demand d
    WHERE d.layer_id IS NOT NULL
),
taken AS (
    SELECT
        d.id, d.stock_row_id, l.id AS layer_id, l.unit_cost, l.currency,
        least(d.upto, l.remaining) - least(d.upto - d.quantity, l.remaining) AS quantity
    FROM demand d
    JOIN channel_inventory_costlayer l ON l.tenant_id = %(tenant)s AND l.id = d.layer_id
    WHERE d.upto - d.quantity < l.remaining
),
written AS (
    INSERT INTO channel_inventory_layerconsumption (
        tenant_id, stock_row_id, layer_id, kind, quantity, unit_cost, currency, recorded_at
    )
    SELECT %(tenant)s, stock_row_id, layer_id, 'consume', quantity, unit_cost, currency, %(at)s
    FROM taken
    ORDER BY id
),
drawn AS (
    UPDATE channel_inventory_costlayer l
    SET remaining = l.remaining - took.quantity
    FROM (SELECT layer_id, sum(quantity) AS quantity FROM taken GROUP BY layer_id) AS took
    WHERE l.tenant_id = %(tenant)s AND l.id = took.layer_id
)
UPDATE channel_demand d
SET quantity = d.quantity - taken.quantity
FROM taken
WHERE d.id = taken.id
