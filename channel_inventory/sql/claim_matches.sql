-- Ship-and-debit agreements for certified sales: a row for the best of each, and one for the authorisation it cites.
-- verdict: 0 applies; 1 nothing left; 2 below the first tier; 3 after its end; 4 before its start; 5 a project that is
-- not cited; 6 another partner's; 7 not in force. Indexes agreement_match and party_by_parent.
WITH RECURSIVE sale AS MATERIALIZED (
    SELECT s.id, s.partner_id, s.end_buyer_id, s.quantity, s.invoice_date, s.cited_agreement AS cited,
           ARRAY[s.product_id, -p.family_id] AS subject_keys,
           (
               SELECT min(c.currency)
               FROM channel_inventory_layerconsumption c
               WHERE c.tenant_id = %(tenant)s::bigint AND c.pos_line_id = s.id
           ) AS cost_currency
    FROM channel_inventory_posline s
    JOIN catalog_product p ON p.tenant_id = %(tenant)s::bigint AND p.id = s.product_id
    WHERE s.tenant_id = %(tenant)s::bigint AND s.id = ANY (%(lines)s::bigint[])
),
climb (party_id, ancestor_id, depth) AS (
    SELECT p.id, coalesce(p.merged_into_id, p.id), 0
    FROM parties_party p
    WHERE p.tenant_id = %(tenant)s::bigint
      AND p.id IN (SELECT sale.partner_id FROM sale UNION SELECT sale.end_buyer_id FROM sale)
    UNION ALL
    SELECT below.party_id, p.parent_id, below.depth + 1
    FROM climb below
    JOIN parties_party p ON p.tenant_id = %(tenant)s::bigint AND p.id = below.ancestor_id
    WHERE p.parent_id IS NOT NULL AND below.depth < 16
),
judged AS (
    SELECT s.id AS sale_id, s.cited, s.cost_currency, l.*, a.number, a.revision, tier.no AS tier_no, used.qty AS used,
           buyer.depth AS buyer_depth, seller.depth AS seller_depth,
           s.cited <> '' AND a.number = s.cited AS is_cited,
           CASE
               WHEN NOT l.is_in_force THEN 7
               WHEN l.sell_to_id IS NOT NULL AND seller.depth IS NULL THEN 6
               WHEN l.project <> '' AND a.number <> s.cited THEN 5
               WHEN s.invoice_date < l.valid_from THEN 4
               WHEN s.invoice_date > l.valid_to THEN 3
               WHEN tier.no = 0 THEN 2
               WHEN l.cap_qty - used.qty <= 0 THEN 1
               ELSE 0
           END AS verdict
    FROM sale s
    JOIN climb buyer ON buyer.party_id = s.end_buyer_id
    JOIN pricing_agreementline l
      ON l.tenant_id = %(tenant)s::bigint AND l.subject_key = ANY (s.subject_keys)
     AND l.owner_key = buyer.ancestor_id AND l.mechanism = 'ship_and_debit'
    JOIN pricing_agreement a ON a.tenant_id = %(tenant)s::bigint AND a.id = l.agreement_id
    LEFT JOIN climb seller ON seller.party_id = s.partner_id AND seller.ancestor_id = l.sell_to_id
    LEFT JOIN pricing_agreementline pool ON pool.tenant_id = %(tenant)s::bigint AND pool.id = l.carried_to_id
    CROSS JOIN LATERAL (
        SELECT coalesce(pool.consumed_qty + pool.reserved_qty, l.consumed_qty + l.reserved_qty)
    ) AS used (qty)
    CROSS JOIN LATERAL (
        SELECT width_bucket(
            s.quantity + CASE l.tier_basis WHEN 'cumulative' THEN used.qty ELSE 0 END, l.min_qtys
        )
    ) AS tier (no)
),
ranked AS (
    SELECT j.*,
           row_number() OVER best AS place,
           row_number() OVER (
               PARTITION BY j.sale_id, j.is_cited ORDER BY j.verdict, j.valid_to DESC, j.id DESC
           ) AS cited_place
    FROM judged j
    WINDOW best AS (
        PARTITION BY j.sale_id
        ORDER BY j.verdict, NOT j.is_cited, j.currency IS DISTINCT FROM j.cost_currency, j.sell_to_id IS NULL,
                 j.project = '', j.product_id IS NULL, j.seller_depth, j.buyer_depth, j.id DESC
    )
)
SELECT r.sale_id, r.verdict, r.is_cited, r.id AS line_id, r.agreement_id, r.number, r.revision, r.currency,
       r.prices[greatest(r.tier_no, 1)] AS price, r.min_qtys[greatest(r.tier_no, 1)] AS tier_qty, r.tier_basis,
       r.book_price, r.cap_qty, r.cap_qty - r.used AS left_qty, r.valid_from, r.valid_to
FROM ranked r
WHERE r.place = 1 OR (r.is_cited AND r.cited_place = 1)
ORDER BY r.sale_id, r.place
