-- What each claim line moved: accrued on the day of the resale, then approved or denied, then settled; in the order of
-- their days.
INSERT INTO channel_inventory_liabilityledger (
    tenant_id, kind, entry, estimated, claimed, currency, partner_id, end_buyer_id, product_id, agreement_id, period,
    business_date, event_date, recorded_at, received_on, claim_line_id, credit_id, note, source_key
)
SELECT
    %(tenant_id)s, 'ship_and_debit', v.entry, v.estimated, v.claimed, s.currency, s.partner_id, s.certified_id,
    s.product_id, s.agreement_id, (%(periods)s::date[])[width_bucket(s.resold_on, %(periods)s::date[])], v.day, v.day,
    CASE v.entry WHEN 'accrue' THEN s.reported_on + time '17:05' ELSE v.day + time '16:00' END, s.reported_on,
    s.claim_line_id, v.credit_id, '', v.source_key
FROM demo_claimed s
JOIN demo_claim c ON c.batch_id = s.batch_id AND c.currency = s.currency
LEFT JOIN demo_credit k ON k.claim_id = c.claim_id AND s.is_credited
CROSS JOIN LATERAL (
    VALUES
    ('accrue', s.amount, 0::bigint, s.resold_on, NULL::bigint, 'accrue:' || s.claim_line_id, true),
    ('approve', -s.amount, s.amount, s.reported_on + 10, NULL, 'approve:' || s.claim_line_id || ':2',
     s.state = 'approved'),
    ('deny', -s.amount, 0, s.reported_on + 10, NULL, 'deny:' || s.claim_line_id || ':2', s.state = 'denied'),
    ('settle', 0, -s.amount, s.reported_on + 30, k.credit_id,
     'settle:' || s.claim_line_id || ':' || k.number, k.credit_id IS NOT NULL)
) AS v (entry, estimated, claimed, day, credit_id, source_key, is_so)
WHERE v.is_so
ORDER BY v.day, s.claim_line_id
