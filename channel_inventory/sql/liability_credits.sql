-- The credit memos of the days asked for, with the ledger rows that settled by them. Leans on liability_of_credit.
SELECT
    c.id AS credit_id, c.number, c.credit_date, c.currency, c.total,
    coalesce(p.merged_into_id, l.partner_id) AS partner_id,
    count(*) AS entries, min(l.id) AS first_row, max(l.id) AS last_row, -sum(l.claimed)::bigint AS settled
FROM channel_inventory_liabilityledger l
JOIN channel_inventory_claimcredit c ON c.tenant_id = l.tenant_id AND c.id = l.credit_id
LEFT JOIN parties_party p ON p.tenant_id = l.tenant_id AND p.id = l.partner_id
WHERE l.tenant_id = %(tenant)s
    AND l.entry = 'settle'
    AND l.business_date BETWEEN %(first)s::date AND %(as_of)s::date
    AND (%(recorded_before)s::timestamptz IS NULL OR l.recorded_at < %(recorded_before)s::timestamptz)
    AND (%(partners)s::bigint[] IS NULL OR l.partner_id = ANY(%(partners)s::bigint[]))
    AND (%(end_buyers)s::bigint[] IS NULL OR coalesce(l.end_buyer_id, 0) = ANY(%(end_buyers)s::bigint[]))
    AND (%(products)s::bigint[] IS NULL OR l.product_id = ANY(%(products)s::bigint[]))
    AND (%(agreements)s::bigint[] IS NULL OR coalesce(l.agreement_id, 0) = ANY(%(agreements)s::bigint[]))
    AND (%(kinds)s::text[] IS NULL OR l.kind = ANY(%(kinds)s::text[]))
GROUP BY c.id, c.number, c.credit_date, c.currency, c.total, 6
ORDER BY c.currency, c.credit_date, c.id
