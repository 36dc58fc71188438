-- Estimates of the claim lines that wait and whose findings hold no denial, dated on the day of the resale. The line of
-- a return is below zero and adjusts. Where a sale has claimed before, the new estimate stands on the day on which that
-- was taken back, so that no day counts both. Indexes claim_line_of_pos_line and liability_of_claim_line.
WITH RECURSIVE sale (claim_line_id, pos_line_id) AS (
    SELECT c.id, c.pos_line_id
    FROM channel_inventory_claimline c
    WHERE c.tenant_id = %(tenant_id)s::bigint
        AND c.id = ANY(%(claim_lines)s::bigint[])
        AND EXISTS (
            SELECT
            FROM channel_inventory_claimline gone
            WHERE gone.tenant_id = %(tenant_id)s::bigint AND gone.state = 'reversed'
        )
    UNION
    SELECT s.claim_line_id, p.corrects_id
    FROM sale s
    JOIN channel_inventory_posline p ON p.tenant_id = %(tenant_id)s::bigint AND p.id = s.pos_line_id
    WHERE p.corrects_id IS NOT NULL
),
taken_back AS MATERIALIZED (
    SELECT s.claim_line_id, max(r.business_date) AS day
    FROM sale s
    JOIN channel_inventory_claimline gone
        ON gone.tenant_id = %(tenant_id)s::bigint AND gone.pos_line_id = s.pos_line_id AND gone.state = 'reversed'
    JOIN channel_inventory_liabilityledger r
        ON r.tenant_id = %(tenant_id)s::bigint AND r.claim_line_id = gone.id AND r.entry = 'reverse'
    GROUP BY s.claim_line_id
)
INSERT INTO channel_inventory_liabilityledger (
    tenant_id, kind, entry, estimated, claimed, currency, partner_id, end_buyer_id, product_id, agreement_id, period,
    business_date, event_date, recorded_at, received_on, claim_line_id, actor_id, note, source_key
)
SELECT
    c.tenant_id, 'ship_and_debit', v.entry, c.amount, 0, c.currency, c.partner_id, c.end_buyer_id, c.product_id,
    a.agreement_id,
    (%(periods)s::date[])[width_bucket(p.invoice_date, %(periods)s::date[])],
    greatest(p.invoice_date, %(first_open)s::date, t.day), p.invoice_date, %(recorded_at)s::timestamptz, h.received_on, c.id,
    %(actor_id)s::bigint, '', v.entry || ':' || c.id
FROM channel_inventory_claimline c
JOIN channel_inventory_claim h ON h.tenant_id = c.tenant_id AND h.id = c.claim_id
JOIN channel_inventory_posline p ON p.tenant_id = c.tenant_id AND p.id = c.pos_line_id
LEFT JOIN pricing_agreementline a ON a.tenant_id = c.tenant_id AND a.id = c.agreement_line_id
LEFT JOIN taken_back t ON t.claim_line_id = c.id
CROSS JOIN LATERAL (SELECT CASE WHEN c.amount < 0 THEN 'adjust' ELSE 'accrue' END AS entry) v
WHERE c.tenant_id = %(tenant_id)s::bigint
    AND c.id = ANY(%(claim_lines)s::bigint[])
    AND c.state = 'pending'
    AND c.amount <> 0
    AND NOT c.findings @> jsonb_build_array(jsonb_build_object('is_denial', true))
ORDER BY c.id
ON CONFLICT (tenant_id, source_key) DO NOTHING
RETURNING source_key, id
