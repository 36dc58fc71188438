-- Which sales (by place) a ship-and-debit agreement may cover: the end buyer or somebody above it, or the partner by a
-- contract, has one in force on the day for the part or its family, in this currency, for this partner or any. Whether
-- it gives the price is for the prices to say. Index agreement_match.
WITH RECURSIVE asked AS MATERIALIZED (
    SELECT sale.*, p.family_id
    FROM unnest(
        %(partners)s::bigint[], %(buyers)s::bigint[], %(products)s::bigint[], %(currencies)s::text[], %(days)s::date[]
    ) WITH ORDINALITY AS sale (partner_id, buyer_id, product_id, currency, on_date, no)
    JOIN catalog_product p ON p.tenant_id = %(tenant)s AND p.id = sale.product_id
),
climb (party_id, above_id, depth) AS (
    SELECT p.id, p.id, 0
    FROM parties_party p
    WHERE p.tenant_id = %(tenant)s
      AND p.id IN (SELECT asked.partner_id FROM asked UNION SELECT asked.buyer_id FROM asked)
    UNION ALL
    SELECT below.party_id, p.parent_id, below.depth + 1
    FROM climb below
    JOIN parties_party p ON p.tenant_id = %(tenant)s AND p.id = below.above_id
    WHERE p.parent_id IS NOT NULL AND below.depth < 17
),
owner AS (
    SELECT asked.*, climb.above_id AS owner_key
    FROM asked
    JOIN climb ON climb.party_id = asked.buyer_id
    UNION ALL
    SELECT asked.*, -climb.above_id
    FROM asked
    JOIN climb ON climb.party_id = asked.partner_id
),
-- both keys of a line beside each other: found by one of them alone, the lines of a part are many times those of a sale
wanted AS MATERIALIZED (
    SELECT owner.no, owner.partner_id, owner.currency, owner.on_date, owner.owner_key, subject.key AS subject_key
    FROM owner
    CROSS JOIN LATERAL (VALUES (owner.product_id), (-owner.family_id)) AS subject (key)
)
SELECT DISTINCT w.no
FROM wanted w
JOIN pricing_agreementline l
  ON l.tenant_id = %(tenant)s AND l.subject_key = w.subject_key AND l.owner_key = w.owner_key
LEFT JOIN climb seller ON seller.party_id = w.partner_id AND seller.above_id = l.sell_to_id
WHERE l.mechanism = 'ship_and_debit' AND l.is_in_force AND l.currency = w.currency AND l.project = ''
  AND w.on_date BETWEEN l.valid_from AND l.valid_to
  AND (l.sell_to_id IS NULL OR seller.above_id IS NOT NULL)
