-- The claim lines of sales that have none, each with its receipt: every input and rule version, from which
-- engine.claims.replay gives the amount. Index claim_line_of_pos_line.
INSERT INTO channel_inventory_claimline (
    tenant_id, claim_id, pos_line_id, partner_id, end_buyer_id, product_id, agreement_line_id, quantity, agreed_cost,
    currency, amount, claimed_amount, state, reason, findings, receipt, consumed_qty, decision_note, version, created_at
)
SELECT
    %(tenant)s, h.id, f.sale_id, f.partner_id, f.end_buyer_id, f.product_id, f.line_id, f.quantity, f.price,
    f.claim_currency, w.amount, f.claimed_amount, 'pending', coalesce(found.reason, ''),
    coalesce(found.findings, '[]'),
    jsonb_build_object(
        'sale', jsonb_build_object(
            'pos_line', f.sale_id, 'invoice', f.invoice, 'quantity', f.quantity,
            'resold_on', to_char(f.invoice_date, 'YYYY-MM-DD'), 'received_on', to_char(f.received_on, 'YYYY-MM-DD'),
            'cited', f.cited, 'sku', f.sku, 'end_buyer', f.end_buyer_id, 'end_buyer_name', f.end_buyer_name
        ),
        'valued_at', %(valued_at)s::text, 'quantity', f.quantity, 'currency', f.claim_currency,
        'price_basis', f.price_basis, 'claim_days', f.claim_days, 'agreed_cost', f.price::text, 'pieces', w.pieces,
        'agreement', CASE
            WHEN f.line_id IS NOT NULL THEN jsonb_build_object(
                'number', f.number, 'revision', f.revision, 'agreement_id', f.agreement_id, 'line', f.line_id,
                'valid_from', to_char(f.valid_from, 'YYYY-MM-DD'), 'valid_to', to_char(f.valid_to, 'YYYY-MM-DD'),
                'tier_from', f.tier_qty, 'tier_basis', f.tier_basis, 'is_cited', f.is_cited, 'cap', f.cap_qty,
                'left', f.left_qty
            )
        END
    ),
    0, '', 1, %(at)s
FROM channel_claim_fact f
JOIN channel_claim_worth w ON w.sale_id = f.sale_id
JOIN channel_inventory_claim h
  ON h.tenant_id = %(tenant)s AND h.batch_id = f.batch_id AND h.currency = f.claim_currency
LEFT JOIN (
    SELECT
        e.sale_id, (array_agg(e.code ORDER BY NOT e.is_denial, e.place))[1] AS reason,
        jsonb_agg(
            jsonb_build_object('code', e.code, 'message', e.message, 'is_denial', e.is_denial)
            ORDER BY NOT e.is_denial, e.place
        ) AS findings
    FROM channel_claim_finding e
    GROUP BY e.sale_id
) AS found ON found.sale_id = f.sale_id
WHERE NOT EXISTS (
    SELECT
    FROM channel_inventory_claimline c
    WHERE c.tenant_id = %(tenant)s AND c.pos_line_id = f.sale_id AND c.state <> 'reversed'
)
ORDER BY f.sale_id
RETURNING id, claim_id, pos_line_id, currency, amount
