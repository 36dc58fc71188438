-- What is known of authorisations that sales cite and that are none of their candidates: another customer's, for other
-- products, or no ship-and-debit agreement at all. Indexes agreement_revision_once and agreement_lines.
SELECT s.id, bool_or(a.mechanism = 'ship_and_debit') AS is_debit,
       bool_or(EXISTS (
           SELECT
           FROM pricing_agreementline l
           WHERE l.tenant_id = %(tenant)s::bigint AND l.agreement_id = a.id
             AND l.subject_key IN (s.product_id, -p.family_id)
       )) AS covers_product
FROM channel_inventory_posline s
JOIN catalog_product p ON p.tenant_id = %(tenant)s::bigint AND p.id = s.product_id
JOIN pricing_agreement a ON a.tenant_id = %(tenant)s::bigint AND a.number = s.cited_agreement
WHERE s.tenant_id = %(tenant)s::bigint AND s.id = ANY (%(lines)s::bigint[]) AND s.cited_agreement <> ''
GROUP BY s.id
