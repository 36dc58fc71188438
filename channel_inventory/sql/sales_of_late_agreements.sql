-- Certified sales that a ship-and-debit agreement covers which was approved after they had been valued, if ever they
-- were: of its end buyer or anybody below, by its partner or a branch of it, on its days. What is decided is left out.
-- Index pos_line_of_end_buyer.
WITH RECURSIVE fresh AS MATERIALIZED (
    SELECT a.number, l.project, l.end_buyer_id, l.sell_to_id, l.product_id, l.family_id, l.valid_from, l.valid_to, a.approved_at
    FROM pricing_agreement a
    JOIN pricing_agreementline l ON l.tenant_id = %(tenant)s::bigint AND l.agreement_id = a.id
    WHERE a.tenant_id = %(tenant)s::bigint AND a.approved_at >= %(since)s::timestamptz
      AND l.mechanism = 'ship_and_debit' AND l.is_in_force
),
family (root_id, party_id) AS (
    SELECT DISTINCT named.party_id, named.party_id
    FROM fresh
    CROSS JOIN LATERAL (VALUES (fresh.end_buyer_id), (fresh.sell_to_id)) AS named (party_id)
    WHERE named.party_id IS NOT NULL
    UNION
    SELECT above.root_id, p.id
    FROM family above
    JOIN parties_party p
      ON p.tenant_id = %(tenant)s::bigint AND above.party_id IN (p.parent_id, p.merged_into_id)
)
SELECT DISTINCT s.id, s.partner_id
FROM fresh
JOIN family AS buyer ON buyer.root_id = fresh.end_buyer_id
JOIN channel_inventory_posline s
  ON s.tenant_id = %(tenant)s::bigint AND s.end_buyer_id = buyer.party_id
 AND s.invoice_date BETWEEN fresh.valid_from AND fresh.valid_to
JOIN catalog_product p
  ON p.tenant_id = %(tenant)s::bigint AND p.id = s.product_id
 AND (p.id = fresh.product_id OR p.family_id = fresh.family_id)
WHERE s.state = 'current' AND s.quantity > 0
  AND (fresh.project = '' OR s.cited_agreement = fresh.number)
  AND (
      fresh.sell_to_id IS NULL
      OR (fresh.sell_to_id, s.partner_id) IN (SELECT family.root_id, family.party_id FROM family)
  )
  AND NOT EXISTS (
      SELECT
      FROM channel_inventory_claimline c
      WHERE c.tenant_id = %(tenant)s::bigint AND c.pos_line_id = s.id AND c.state <> 'reversed'
        AND (c.state <> 'pending' OR c.created_at > fresh.approved_at)
  )
ORDER BY s.id
