-- Open shortages of the products that have just arrived, oldest resale first, are moved onto layers, oldest receipt
-- first: the reverse of the shortage, and the same units at the layer's cost. Indexes consumption_short, layer_open.
-- Answers with the lines of reports that cost something else now.
WITH short AS (
    SELECT
        c.id, c.pos_line_id, c.stock_row_id, c.unit_cost, c.currency,
        coalesce(owner.merged_into_id, owner.id) AS partner_id, coalesce(l.product_id, s.product_id) AS product_id,
        coalesce(l.invoice_date, s.event_date) AS on_date, coalesce(l.line_key, s.source_key) AS line_key,
        c.quantity + coalesce((
            SELECT sum(r.quantity)
            FROM channel_inventory_layerconsumption r
            WHERE r.tenant_id = %(tenant)s AND r.reverses_id = c.id
        ), 0) AS quantity
    FROM channel_inventory_layerconsumption c
    LEFT JOIN channel_inventory_posline l ON l.tenant_id = %(tenant)s AND l.id = c.pos_line_id
    LEFT JOIN channel_inventory_stockledger s ON s.tenant_id = %(tenant)s AND s.id = c.stock_row_id
    -- what a merged partner sold without a layer is filled by what its survivor gets
    JOIN parties_party owner ON owner.tenant_id = %(tenant)s AND owner.id = coalesce(l.partner_id, s.partner_id)
    WHERE c.tenant_id = %(tenant)s AND c.kind = 'no_layer' AND c.reverses_id IS NULL
),
arrived AS (
    SELECT DISTINCT a.partner_id, a.product_id
    FROM unnest(%(partners)s::bigint[], %(products)s::bigint[]) AS a (partner_id, product_id)
),
demand AS (
    SELECT
        short.*,
        sum(short.quantity) OVER (
            PARTITION BY short.partner_id, short.product_id
            ORDER BY short.on_date, short.line_key COLLATE "C", short.id
            ROWS UNBOUNDED PRECEDING
        ) AS upto
    FROM short
    JOIN arrived USING (partner_id, product_id)
    WHERE short.quantity > 0
),
supply AS (
    SELECT
        l.id, l.partner_id, l.product_id, l.remaining, l.unit_cost, l.currency,
        sum(l.remaining) OVER (
            PARTITION BY l.partner_id, l.product_id ORDER BY l.received_on, l.id ROWS UNBOUNDED PRECEDING
        ) AS upto
    FROM channel_inventory_costlayer l
    WHERE l.tenant_id = %(tenant)s AND l.remaining > 0 AND l.ownership = 'theirs'
      AND (l.partner_id, l.product_id) IN (SELECT d.partner_id, d.product_id FROM demand d)
),
moved AS (
    SELECT
        d.id, d.pos_line_id, d.stock_row_id, d.unit_cost AS book, d.currency AS book_currency, d.upto,
        s.id AS layer_id, s.unit_cost, s.currency, s.upto AS layer_upto,
        least(d.upto, s.upto) - greatest(d.upto - d.quantity, s.upto - s.remaining) AS quantity
    FROM demand d
    JOIN supply s
      ON s.partner_id = d.partner_id AND s.product_id = d.product_id
     AND d.upto - d.quantity < s.upto AND s.upto - s.remaining < d.upto
),
written AS (
    INSERT INTO channel_inventory_layerconsumption (
        tenant_id, pos_line_id, stock_row_id, layer_id, kind, quantity, unit_cost, currency, reverses_id, recorded_at
    )
    SELECT
        %(tenant)s, m.pos_line_id, m.stock_row_id, v.layer_id, v.kind, v.quantity, v.unit_cost, v.currency,
        v.reverses_id, %(at)s
    FROM moved m
    CROSS JOIN LATERAL (
        VALUES
        (1, NULL::bigint, 'reverse', -m.quantity, m.book, m.book_currency, m.id),
        (2, m.layer_id, 'true_up', m.quantity, m.unit_cost, m.currency, NULL::bigint)
    ) AS v (place, layer_id, kind, quantity, unit_cost, currency, reverses_id)
    ORDER BY m.id, m.layer_upto, v.place
),
drawn AS (
    UPDATE channel_inventory_costlayer l
    SET remaining = l.remaining - took.quantity
    FROM (SELECT layer_id, sum(quantity) AS quantity FROM moved GROUP BY layer_id) AS took
    WHERE l.tenant_id = %(tenant)s AND l.id = took.layer_id
)
SELECT DISTINCT m.pos_line_id
FROM moved m
WHERE m.pos_line_id IS NOT NULL
ORDER BY m.pos_line_id
