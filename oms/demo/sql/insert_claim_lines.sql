-- With the receipts that valuing the sales would have given them.
INSERT INTO channel_inventory_claimline (
    id, tenant_id, claim_id, pos_line_id, partner_id, end_buyer_id, product_id, agreement_line_id, quantity, agreed_cost,
    currency, amount, state, reason, findings, receipt, consumed_qty, credit_id, decided_at, decision_note, version,
    created_at
)
SELECT
    s.claim_line_id, %(tenant_id)s, c.claim_id, s.sale_id, s.partner_id, s.certified_id, s.product_id, s.claimed_line_id,
    s.sold_quantity, s.price, s.currency, s.amount, s.state, CASE s.state WHEN 'denied' THEN '15' ELSE '' END, '[]',
    jsonb_build_object(
        'sale', jsonb_build_object(
            'pos_line', s.sale_id, 'invoice', 'D' || s.layer_id || ' ' || s.part, 'quantity', s.sold_quantity,
            'resold_on', to_char(s.resold_on, 'YYYY-MM-DD'), 'received_on', to_char(s.reported_on, 'YYYY-MM-DD'),
            'cited', '', 'sku', p.sku, 'end_buyer', s.certified_id, 'end_buyer_name', b.name
        ),
        'valued_at', to_char(s.reported_on, 'YYYY-MM-DD') || 'T17:05:00+00:00', 'quantity', s.sold_quantity,
        'currency', s.currency, 'price_basis', 'inventory_cost', 'claim_days', 90, 'agreed_cost', s.price::text,
        'pieces', jsonb_build_array(jsonb_build_object(
            'layer', s.layer_id, 'received_on', to_char(s.invoice_date, 'YYYY-MM-DD'), 'quantity', s.sold_quantity,
            'unit_cost', s.unit_price::text, 'net_cost', s.unit_price::text, 'basis', s.unit_price::text
        )),
        'agreement', jsonb_build_object(
            'number', a.number, 'revision', a.revision, 'agreement_id', a.id, 'line', s.claimed_line_id,
            'valid_from', to_char(a.valid_from, 'YYYY-MM-DD'), 'valid_to', to_char(a.valid_to, 'YYYY-MM-DD'),
            'tier_from', s.tier_qty, 'tier_basis', 'line', 'is_cited', false, 'cap', NULL, 'left', NULL
        )
    ),
    CASE s.state WHEN 'approved' THEN s.sold_quantity ELSE 0 END,
    k.credit_id,
    CASE WHEN s.state <> 'pending' THEN s.reported_on + 10 + time '15:00' END,
    CASE s.state WHEN 'denied' THEN 'The resale invoice was not sent.' ELSE '' END,
    CASE s.state WHEN 'pending' THEN 1 ELSE 2 END, s.reported_on + time '17:05'
FROM demo_claimed s
JOIN demo_claim c ON c.batch_id = s.batch_id AND c.currency = s.currency
JOIN catalog_product p ON p.tenant_id = %(tenant_id)s AND p.id = s.product_id
JOIN parties_party b ON b.tenant_id = %(tenant_id)s AND b.id = s.certified_id
JOIN pricing_agreement a ON a.tenant_id = %(tenant_id)s AND a.id = s.agreement_id
LEFT JOIN demo_credit k ON k.claim_id = c.claim_id AND s.is_credited
ORDER BY s.claim_line_id
