-- The certified sales among some lines, with the terms of their partner. All these lines are locked, in key order: two
-- who value the same ones wait for each other.
CREATE TEMPORARY TABLE channel_claim_sale ON COMMIT DROP AS
WITH line AS MATERIALIZED (
    SELECT s.*
    FROM channel_inventory_posline s
    WHERE s.tenant_id = %(tenant)s AND s.id = ANY (%(lines)s::bigint[])
    ORDER BY s.id
    FOR NO KEY UPDATE
)
SELECT
    s.id AS sale_id, s.batch_id, s.partner_id, s.end_buyer_id, s.product_id, p.family_id, p.sku, s.quantity, s.line_key,
    s.invoice_number, trim(s.invoice_number || ' ' || s.invoice_line) AS invoice, s.invoice_date, s.received_on,
    s.currency, s.cited_agreement AS cited, s.claimed_amount,
    s.cited_agreement <> '' OR s.claimed_amount IS NOT NULL AS asks,
    coalesce(t.price_basis, %(price_basis)s) AS price_basis, coalesce(t.claim_days, %(claim_days)s) AS claim_days
FROM line s
JOIN catalog_product p ON p.tenant_id = %(tenant)s AND p.id = s.product_id
LEFT JOIN channel_inventory_partnerterms t ON t.tenant_id = %(tenant)s AND t.partner_id = s.partner_id
WHERE s.state = 'current' AND s.quantity > 0 AND s.end_buyer_id IS NOT NULL
