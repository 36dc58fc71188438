-- The uncertified sales of some texts, each as if its text were certified to the party beside it, with the terms of their
-- partner: what claim_sales tells of certified ones. Nothing is locked. Index pos_line_uncertified.
CREATE TEMPORARY TABLE channel_claim_sale ON COMMIT DROP AS
SELECT
    s.id AS sale_id, s.batch_id, s.partner_id, asked.party_id AS end_buyer_id, s.product_id, p.family_id, p.sku,
    s.quantity, s.line_key, s.invoice_number, trim(s.invoice_number || ' ' || s.invoice_line) AS invoice, s.invoice_date,
    s.received_on, s.currency, s.cited_agreement AS cited, s.claimed_amount,
    s.cited_agreement <> '' OR s.claimed_amount IS NOT NULL AS asks,
    coalesce(t.price_basis, %(price_basis)s) AS price_basis, coalesce(t.claim_days, %(claim_days)s) AS claim_days
FROM unnest(%(texts)s::bigint[], %(parties)s::bigint[]) AS asked (text_id, party_id)
JOIN channel_inventory_posline s
  ON s.tenant_id = %(tenant)s AND s.reported_end_buyer_id = asked.text_id AND s.state = 'current'
 AND s.end_buyer_id IS NULL AND s.quantity > 0
JOIN catalog_product p ON p.tenant_id = %(tenant)s AND p.id = s.product_id
LEFT JOIN channel_inventory_partnerterms t ON t.tenant_id = %(tenant)s AND t.partner_id = s.partner_id
