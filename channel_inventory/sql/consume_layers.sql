-- First in, first out, for all that is asked of all layers at once: the units of a partner and product are laid end to
-- end, those asked for and those there are, and where two stretches meet one is taken from the other. Index layer_open.
-- Answers with what no layer held.
WITH demand AS (
    SELECT
        d.id, d.line_id, d.stock_row_id, d.partner_id, d.product_id, d.on_date, d.quantity,
        sum(d.quantity) OVER (
            PARTITION BY d.partner_id, d.product_id ORDER BY d.on_date, d.line_key, d.id
            ROWS UNBOUNDED PRECEDING
        )::bigint AS upto
    FROM channel_demand d
    WHERE d.quantity > 0
),
supply AS MATERIALIZED (
    SELECT
        l.id, l.partner_id, l.product_id, l.remaining, l.unit_cost, l.currency,
        sum(l.remaining) OVER (
            PARTITION BY l.partner_id, l.product_id ORDER BY l.received_on, l.id
            ROWS UNBOUNDED PRECEDING
        )::bigint AS upto
    FROM channel_inventory_costlayer l
    WHERE l.tenant_id = %(tenant)s AND l.remaining > 0 AND l.ownership = 'theirs'
      AND (l.partner_id, l.product_id) IN (SELECT d.partner_id, d.product_id FROM channel_demand d)
),
written AS (
    INSERT INTO channel_inventory_layerconsumption (
        tenant_id, pos_line_id, stock_row_id, layer_id, kind, quantity, unit_cost, currency, recorded_at
    )
    SELECT
        %(tenant)s, d.line_id, d.stock_row_id, s.id, 'consume',
        least(d.upto, s.upto) - greatest(d.upto - d.quantity, s.upto - s.remaining), s.unit_cost, s.currency, %(at)s
    FROM demand d
    JOIN supply s
      ON s.partner_id = d.partner_id AND s.product_id = d.product_id
     AND d.upto - d.quantity < s.upto AND s.upto - s.remaining < d.upto
    RETURNING layer_id, quantity
),
drawn AS (
    UPDATE channel_inventory_costlayer l
    SET remaining = l.remaining - took.quantity
    FROM (SELECT layer_id, sum(quantity) AS quantity FROM written GROUP BY layer_id) AS took
    WHERE l.tenant_id = %(tenant)s AND l.id = took.layer_id
),
held AS (
    SELECT partner_id, product_id, max(upto) AS quantity FROM supply GROUP BY partner_id, product_id
)
SELECT
    d.line_id, d.stock_row_id, d.partner_id, d.product_id, d.on_date,
    least(d.quantity, d.upto - coalesce(held.quantity, 0)) AS missing
FROM demand d
LEFT JOIN held USING (partner_id, product_id)
WHERE d.upto > coalesce(held.quantity, 0)
ORDER BY d.partner_id, d.product_id, d.upto
