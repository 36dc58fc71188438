-- What partners could still claim at most for the goods they hold on the day: units left in each layer × (net cost of the
-- layer − the lowest agreed cost in force that day for the product with any end buyer). A memo, never part of the
-- liability: whether the goods go to such an end buyer nobody knows. What was sold after the day is still in its layer.
-- The lowest tier price counts, caps are not looked at, and a layer in another currency than the agreement has none.
WITH sold_later AS (
    SELECT n.layer_id, sum(n.quantity) AS quantity
    FROM channel_inventory_posline s
    JOIN channel_inventory_layerconsumption n ON n.tenant_id = s.tenant_id AND n.pos_line_id = s.id
    WHERE s.tenant_id = %(tenant)s AND s.invoice_date > %(as_of)s::date AND n.layer_id IS NOT NULL
    GROUP BY 1
),
held AS (
    SELECT
        l.partner_id, l.product_id, l.currency, l.net_cost, sum(l.remaining + coalesce(s.quantity, 0)) AS quantity
    FROM channel_inventory_costlayer l
    LEFT JOIN sold_later s ON s.layer_id = l.id
    WHERE l.tenant_id = %(tenant)s
        AND l.received_on <= %(as_of)s::date
        AND l.ownership = 'theirs'
        AND (l.remaining > 0 OR s.quantity IS NOT NULL)
        AND (%(partners)s::bigint[] IS NULL OR l.partner_id = ANY(%(partners)s::bigint[]))
        AND (%(products)s::bigint[] IS NULL OR l.product_id = ANY(%(products)s::bigint[]))
    GROUP BY 1, 2, 3, 4
),
agreed AS (
    SELECT a.product_id, a.family_id, a.sell_to_id, a.currency, min(t.price) AS price
    FROM pricing_agreementline a
    CROSS JOIN LATERAL unnest(a.prices) AS t (price)
    WHERE a.tenant_id = %(tenant)s
        AND a.mechanism = 'ship_and_debit'
        AND a.is_in_force
        AND %(as_of)s::date BETWEEN a.valid_from AND a.valid_to
    GROUP BY 1, 2, 3, 4
),
best AS (
    SELECT k.partner_id, k.product_id, k.currency, min(a.price) AS price
    FROM (SELECT DISTINCT partner_id, product_id, currency FROM held) k
    JOIN catalog_product p ON p.tenant_id = %(tenant)s AND p.id = k.product_id
    JOIN parties_party d ON d.tenant_id = %(tenant)s AND d.id = k.partner_id
    JOIN agreed a
        ON a.currency = k.currency
        AND (a.product_id = k.product_id OR a.family_id = p.family_id)
        AND (a.sell_to_id IS NULL OR a.sell_to_id IN (d.id, d.parent_id))
    GROUP BY 1, 2, 3
)
SELECT
    coalesce(d.merged_into_id, h.partner_id) AS partner_id, h.currency, sum(h.quantity)::bigint AS units,
    sum(h.quantity * greatest(h.net_cost - b.price, 0)) AS exposure
FROM held h
JOIN best b ON b.partner_id = h.partner_id AND b.product_id = h.product_id AND b.currency = h.currency
JOIN parties_party d ON d.tenant_id = %(tenant)s AND d.id = h.partner_id
WHERE h.quantity > 0
GROUP BY 1, 2
HAVING sum(h.quantity * greatest(h.net_cost - b.price, 0)) > 0
ORDER BY 2, 1
