-- The exact negative of each named row, once. It is dated on the day given, or on the row's own when that is later.
INSERT INTO channel_inventory_liabilityledger (
    tenant_id, kind, entry, estimated, claimed, currency, partner_id, end_buyer_id, product_id, agreement_id, period,
    business_date, event_date, recorded_at, received_on, claim_line_id, credit_id, reverses_id, actor_id, note,
    source_key
)
SELECT
    r.tenant_id, r.kind, 'reverse', -r.estimated, -r.claimed, r.currency, r.partner_id, r.end_buyer_id, r.product_id,
    r.agreement_id, r.period,
    greatest(%(day)s::date, r.business_date, %(first_open)s::date), greatest(%(day)s::date, r.event_date),
    %(recorded_at)s::timestamptz, r.received_on, r.claim_line_id, r.credit_id, r.id, %(actor_id)s::bigint, %(note)s,
    'reverse:' || r.id
FROM channel_inventory_liabilityledger r
WHERE r.tenant_id = %(tenant_id)s::bigint AND r.id = ANY(%(rows)s::bigint[]) AND r.entry <> 'reverse'
ORDER BY r.id
ON CONFLICT (tenant_id, source_key) DO NOTHING
RETURNING source_key, id
