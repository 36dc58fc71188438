-- First in, first out, for all that is asked of all layers at once: the units of a partner and product are laid end to
-- end, those asked for and those there are. One walk along both meets every place where a stretch begins: there a piece
-- begins, of the taker and of the layer that began last, as far as the next such place and the end of either. Index
-- layer_open. Answers with what no layer held.
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
        l.id, l.partner_id, l.product_id, l.remaining,
        sum(l.remaining) OVER (
            PARTITION BY l.partner_id, l.product_id ORDER BY l.received_on, l.id
            ROWS UNBOUNDED PRECEDING
        )::bigint AS upto
    FROM channel_inventory_costlayer l
    WHERE l.tenant_id = %(tenant)s AND l.remaining > 0 AND l.ownership = 'theirs'
      AND (l.partner_id, l.product_id) IN (SELECT d.partner_id, d.product_id FROM channel_demand d)
),
-- both sides as arrays that begin with their place: the largest so far is the one that began last
stretch AS (
    SELECT
        d.partner_id, d.product_id, d.upto - d.quantity AS starts,
        ARRAY[d.upto - d.quantity, d.upto, d.line_id, d.stock_row_id] AS taker, NULL::bigint[] AS layer
    FROM demand d
    UNION ALL
    SELECT
        s.partner_id, s.product_id, s.upto - s.remaining, NULL, ARRAY[s.upto - s.remaining, s.upto, s.id]
    FROM supply s
),
met AS (
    SELECT
        m.starts, lead(m.starts) OVER along AS next, max(m.taker) OVER along AS taker, max(m.layer) OVER along AS layer
    FROM stretch m
    WINDOW along AS (PARTITION BY m.partner_id, m.product_id ORDER BY m.starts ROWS UNBOUNDED PRECEDING)
),
written AS (
    INSERT INTO channel_inventory_layerconsumption (
        tenant_id, pos_line_id, stock_row_id, layer_id, kind, quantity, unit_cost, currency, recorded_at
    )
    SELECT
        %(tenant)s, m.taker[3], m.taker[4], l.id, 'consume', least(m.next, m.taker[2], m.layer[2]) - m.starts,
        l.unit_cost, l.currency, %(at)s
    FROM met m
    JOIN channel_inventory_costlayer l ON l.tenant_id = %(tenant)s AND l.id = m.layer[3]
    WHERE m.taker IS NOT NULL AND least(m.next, m.taker[2], m.layer[2]) > m.starts
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
