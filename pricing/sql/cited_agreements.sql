-- What is known of agreements that lines cite, where they are not among the candidates: one row a line.
-- Indexes agreement_revision_once and agreement_lines.
WITH cited AS (
    SELECT c.no, min(a.end_buyer_id) AS end_buyer_id, min(a.sell_to_id) AS sell_to_id,
           bool_or(EXISTS (
               SELECT
               FROM pricing_agreementline l
               JOIN catalog_product p ON p.tenant_id = %(tenant)s::bigint AND p.id = c.product_id
               WHERE l.tenant_id = %(tenant)s::bigint AND l.agreement_id = a.id
                 AND l.subject_key IN (p.id, -p.family_id)
           )) AS covers
    FROM unnest(%(no)s::bigint[], %(number)s::text[], %(product)s::bigint[]) AS c (no, number, product_id)
    JOIN pricing_agreement a ON a.tenant_id = %(tenant)s::bigint AND a.number = c.number
    GROUP BY c.no
)
SELECT cited.no, cited.covers, cited.end_buyer_id IS NULL, cited.sell_to_id IS NULL, p.name
FROM cited
JOIN parties_party p
  ON p.tenant_id = %(tenant)s::bigint AND p.id = coalesce(cited.end_buyer_id, cited.sell_to_id)
