-- Ship-and-debit agreements that are for the end buyer and part of certified sales, with the verdict on each.
-- verdict: 0 applies; 1 nothing left; 2 below the first tier; 3 after its end; 4 before its start; 5 a project that is
-- not cited; 6 another partner's; 7 not in force. Indexes agreement_match and party_by_parent.
CREATE TEMPORARY TABLE channel_claim_candidate ON COMMIT DROP AS
WITH RECURSIVE climb (party_id, ancestor_id, depth) AS (
    SELECT p.id, coalesce(p.merged_into_id, p.id), 0
    FROM parties_party p
    WHERE p.tenant_id = %(tenant)s
      AND p.id IN (
          SELECT s.partner_id FROM channel_claim_sale s UNION SELECT s.end_buyer_id FROM channel_claim_sale s
      )
    UNION ALL
    SELECT below.party_id, p.parent_id, below.depth + 1
    FROM climb below
    JOIN parties_party p ON p.tenant_id = %(tenant)s AND p.id = below.ancestor_id
    WHERE p.parent_id IS NOT NULL AND below.depth < 16
),
subject AS (
    SELECT s.sale_id, s.partner_id, s.end_buyer_id, s.quantity, s.invoice_date, s.cited, s.product_id AS subject_key
    FROM channel_claim_sale s
    UNION ALL
    SELECT s.sale_id, s.partner_id, s.end_buyer_id, s.quantity, s.invoice_date, s.cited, -s.family_id
    FROM channel_claim_sale s
)
SELECT
    s.sale_id, l.id AS line_id, a.id AS agreement_id, a.number, a.revision, l.sell_to_id, l.project, l.product_id,
    l.currency, l.prices[greatest(tier.no, 1)]::numeric(18, 6) AS price, l.min_qtys[greatest(tier.no, 1)] AS tier_qty,
    l.tier_basis, l.book_price, l.cap_qty, l.cap_qty - used.qty AS left_qty, l.valid_from, l.valid_to,
    buyer.depth AS buyer_depth, seller.depth AS seller_depth, s.cited <> '' AND a.number = s.cited AS is_cited,
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
FROM subject s
JOIN climb buyer ON buyer.party_id = s.end_buyer_id
JOIN pricing_agreementline l
  ON l.tenant_id = %(tenant)s AND l.subject_key = s.subject_key AND l.owner_key = buyer.ancestor_id
 AND l.mechanism = 'ship_and_debit'
JOIN pricing_agreement a ON a.tenant_id = %(tenant)s AND a.id = l.agreement_id
LEFT JOIN climb seller ON seller.party_id = s.partner_id AND seller.ancestor_id = l.sell_to_id
LEFT JOIN pricing_agreementline pool ON pool.tenant_id = %(tenant)s AND pool.id = l.carried_to_id
CROSS JOIN LATERAL (
    SELECT coalesce(pool.consumed_qty + pool.reserved_qty, l.consumed_qty + l.reserved_qty)
) AS used (qty)
CROSS JOIN LATERAL (
    SELECT width_bucket(s.quantity + CASE l.tier_basis WHEN 'cumulative' THEN used.qty ELSE 0 END, l.min_qtys)
) AS tier (no)
