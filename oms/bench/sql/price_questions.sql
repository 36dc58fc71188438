-- Lines to price, mixed: every second one of an end buyer with an agreement on the part. In dollars.
WITH seller AS (
    SELECT a.party_id, row_number() OVER (ORDER BY a.party_id) - 1 AS n, count(*) OVER () AS of
    FROM pricing_pricelistassignment a
    WHERE a.tenant_id = %(tenant)s AND a.currency = 'USD'
),
agreed AS (
    SELECT l.id, l.end_buyer_id, l.product_id, 1 AS half
    FROM pricing_agreementline l
    WHERE l.tenant_id = %(tenant)s
    ORDER BY hashint8(l.id)
    LIMIT %(count)s / 2
),
ordered AS (
    SELECT l.id, l.end_buyer_id, l.product_id, 2 AS half
    FROM orders_orderline l
    WHERE l.tenant_id = %(tenant)s AND l.end_buyer_id IS NOT NULL
    ORDER BY l.id DESC
    LIMIT %(count)s - %(count)s / 2
),
mixed AS (
    SELECT drawn.*, row_number() OVER (ORDER BY hashint8(id), half) AS n
    FROM (SELECT * FROM agreed UNION ALL SELECT * FROM ordered) AS drawn
)
SELECT s.party_id, m.end_buyer_id, m.product_id, p.multiple_qty * (1 + m.n %% 7)
FROM mixed m
JOIN seller s ON s.n = m.n %% s.of
JOIN catalog_product p ON p.tenant_id = %(tenant)s AND p.id = m.product_id
ORDER BY m.n
