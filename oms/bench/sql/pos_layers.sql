-- What the measured partner holds: two layers of each product at the base price and a little less, each of as many units
-- as are asked for. The first is cut inside the reports' sales, so that some of these take from both.
WITH priced AS (
    SELECT p.id AS product_id, min(i.price) AS price
    FROM catalog_product p
    JOIN pricing_pricelistitem i ON i.tenant_id = p.tenant_id AND i.product_id = p.id
    JOIN pricing_pricelist l ON l.tenant_id = i.tenant_id AND l.id = i.price_list_id
    WHERE p.tenant_id = %(tenant)s AND l.kind = 'base' AND l.currency = 'USD'
    GROUP BY p.id
),
arrived AS (
    INSERT INTO channel_inventory_stockledger (
        tenant_id, partner_id, product_id, ownership, kind, quantity, business_date, event_date, recorded_at, reason,
        source_key
    )
    SELECT
        %(tenant)s, %(partner)s, priced.product_id, 'theirs', 'adjustment', %(units)s, v.day, v.day, %(at)s, '',
        'bench:' || v.nth || ':' || priced.product_id
    FROM priced
    CROSS JOIN (VALUES (1, %(day)s::date), (2, %(day)s::date + 7)) AS v (nth, day)
    ORDER BY v.nth, priced.product_id
    RETURNING id, product_id, quantity, event_date
)
INSERT INTO channel_inventory_costlayer (
    tenant_id, partner_id, product_id, ownership, kind, stock_row_id, received_on, quantity, remaining, unit_cost,
    net_cost, currency, recorded_at
)
SELECT
    %(tenant)s, %(partner)s, a.product_id, 'theirs', 'opening', a.id, a.event_date, a.quantity, a.quantity, c.cost,
    c.cost, 'USD', %(at)s
FROM arrived a
JOIN priced USING (product_id)
CROSS JOIN LATERAL (
    SELECT CASE WHEN a.event_date = %(day)s::date THEN priced.price ELSE round(priced.price * 0.97, 4) END AS cost
) AS c
ORDER BY a.event_date, a.product_id
