-- A ship-and-debit agreement of the measured partner for each end buyer of the report, with the parts that it is to be
-- claimed for. Prices are four fifths of the base price, one line in four has a cap.
WITH wanted AS (
    SELECT b.id AS end_buyer_id, p.id AS product_id, min(i.price) AS price
    FROM unnest(%(buyers)s::text[], %(skus)s::text[]) AS w (name, sku)
    JOIN parties_party b ON b.tenant_id = %(tenant)s AND b.name = w.name
    JOIN catalog_product p ON p.tenant_id = %(tenant)s AND p.sku = w.sku
    JOIN pricing_pricelistitem i ON i.tenant_id = p.tenant_id AND i.product_id = p.id
    JOIN pricing_pricelist l ON l.tenant_id = i.tenant_id AND l.id = i.price_list_id
    WHERE l.kind = 'base' AND l.currency = 'USD'
    GROUP BY b.id, p.id
),
agreed AS (
    INSERT INTO pricing_agreement (
        tenant_id, number, revision, mechanism, end_buyer_id, sell_to_id, project, currency, valid_from, valid_to,
        status, note, created_at
    )
    SELECT DISTINCT
        %(tenant)s::bigint, 'BENCH-' || w.end_buyer_id, 1, 'ship_and_debit', w.end_buyer_id, %(partner)s::bigint, '',
        'USD', %(day)s::date, %(day)s::date + 730, 'approved', '', %(at)s::timestamptz
    FROM wanted w
    RETURNING id, end_buyer_id, sell_to_id, currency, valid_from, valid_to
)
INSERT INTO pricing_agreementline (
    tenant_id, agreement_id, product_id, min_qtys, prices, tier_basis, cap_qty, consumed_qty, reserved_qty, mechanism,
    end_buyer_id, sell_to_id, project, currency, valid_from, valid_to, is_in_force
)
SELECT
    %(tenant)s, a.id, w.product_id, ARRAY[1, 5000]::bigint[],
    ARRAY[round(w.price * 0.80, 4), round(w.price * 0.76, 4)]::numeric(18, 6)[], 'line',
    CASE WHEN w.product_id %% 4 = 0 THEN 2000000 END, 0, 0, 'ship_and_debit', a.end_buyer_id, a.sell_to_id, '',
    a.currency, a.valid_from, a.valid_to, true
FROM agreed a
JOIN wanted w USING (end_buyer_id)
ORDER BY a.id, w.product_id
