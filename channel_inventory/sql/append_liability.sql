-- Append liability rows of claim lines: one per element of the list, in its order. The dimensions are the claim line's.
INSERT INTO channel_inventory_liabilityledger (
    tenant_id, kind, entry, estimated, claimed, currency, partner_id, end_buyer_id, product_id, agreement_id, period,
    business_date, event_date, recorded_at, received_on, claim_line_id, credit_id, actor_id, note, source_key
)
SELECT
    c.tenant_id, 'ship_and_debit', m.entry, m.estimated, m.claimed, c.currency, c.partner_id, c.end_buyer_id,
    c.product_id, a.agreement_id,
    (%(periods)s::date[])[width_bucket(p.invoice_date, %(periods)s::date[])],
    greatest(m.day, %(first_open)s::date), m.day, %(recorded_at)s::timestamptz, h.received_on, c.id, m.credit_id,
    %(actor_id)s::bigint, m.note, m.source_key
FROM ROWS FROM (
    json_to_recordset(%(moves)s::json) AS (
        entry text, estimated bigint, claimed bigint, day date, claim_line_id bigint, credit_id bigint, note text,
        source_key text
    )
) WITH ORDINALITY AS m (entry, estimated, claimed, day, claim_line_id, credit_id, note, source_key, position)
JOIN channel_inventory_claimline c ON c.tenant_id = %(tenant_id)s::bigint AND c.id = m.claim_line_id
JOIN channel_inventory_claim h ON h.tenant_id = c.tenant_id AND h.id = c.claim_id
JOIN channel_inventory_posline p ON p.tenant_id = c.tenant_id AND p.id = c.pos_line_id
LEFT JOIN pricing_agreementline a ON a.tenant_id = c.tenant_id AND a.id = c.agreement_line_id
ORDER BY m.position
ON CONFLICT (tenant_id, source_key) DO NOTHING
RETURNING source_key, id
