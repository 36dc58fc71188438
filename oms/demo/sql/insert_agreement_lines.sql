-- Ten lines for each agreement; a twin in euro has those of its agreement in dollars.
INSERT INTO pricing_agreementline (
    tenant_id, agreement_id, product_id, min_qtys, prices, tier_basis, cap_qty, consumed_qty, reserved_qty, mechanism,
    end_buyer_id, project, currency, valid_from, valid_to, is_in_force
)
SELECT %(tenant_id)s, t.id, p.id, ARRAY[1, 5000]::bigint[],
       ARRAY[round(i.price * 0.80, 4), round(i.price * 0.76, 4)]::numeric(18, 6)[], 'line',
       CASE WHEN k %% 4 = 0 THEN 2000000 END, 0, 0, t.mechanism, t.end_buyer_id, '', t.currency, t.valid_from, t.valid_to, true
FROM (
    SELECT a.*, row_number() OVER (ORDER BY a.id) - 1 AS position, dense_rank() OVER (ORDER BY a.end_buyer_id) AS buyer,
           row_number() OVER (PARTITION BY a.end_buyer_id ORDER BY a.id) - 1 AS nth
    FROM pricing_agreement a WHERE a.tenant_id = %(tenant_id)s AND a.number LIKE 'SPA-%%'
) g
JOIN pricing_agreement t
  ON t.tenant_id = %(tenant_id)s AND t.number IN (g.number, 'SPE-' || substr(g.number, 5))
CROSS JOIN generate_series(0, 9) AS k
JOIN (
    SELECT id, row_number() OVER (ORDER BY id) - 1 AS position FROM catalog_product WHERE tenant_id = %(tenant_id)s
) p ON p.position = (g.nth * 10 + k + g.buyer * 7) %% %(products)s
JOIN pricing_pricelistitem i ON i.tenant_id = %(tenant_id)s AND i.product_id = p.id
JOIN pricing_pricelist l ON l.tenant_id = i.tenant_id AND l.id = i.price_list_id AND l.code = 'BASE-' || t.currency
WHERE g.position * 10 + k < %(lines)s
