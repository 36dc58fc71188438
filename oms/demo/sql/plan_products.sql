-- Every product in every currency that a base list has, numbered from 0 within the currency.
CREATE TEMPORARY TABLE demo_product ON COMMIT DROP AS
SELECT p.id, p.multiple_qty, l.currency, min(i.price) AS price,
       row_number() OVER (PARTITION BY l.currency ORDER BY p.id) - 1 AS position
FROM catalog_product p
JOIN pricing_pricelistitem i ON i.tenant_id = p.tenant_id AND i.product_id = p.id
JOIN pricing_pricelist l ON l.tenant_id = i.tenant_id AND l.id = i.price_list_id AND l.kind = 'base'
WHERE p.tenant_id = %(tenant_id)s
GROUP BY p.id, p.multiple_qty, l.currency
