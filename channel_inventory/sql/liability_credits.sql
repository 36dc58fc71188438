-- The credit memos of the days asked for, with the ledger rows that settled by them. The rows are summed before what is
-- told of a memo is looked up.
WITH settled AS (
    SELECT
        credit_id, partner_id, count(*) AS entries, min(id) AS first_row, max(id) AS last_row, -oms_sum(claimed) AS settled
    FROM channel_inventory_liabilityledger
    WHERE tenant_id = %(tenant)s
        AND entry = 'settle'
        AND business_date BETWEEN %(first)s::date AND %(as_of)s::date
        AND (%(recorded_before)s::timestamptz IS NULL OR recorded_at < %(recorded_before)s::timestamptz)
        AND (%(partners)s::bigint[] IS NULL OR partner_id = ANY(%(partners)s::bigint[]))
        AND (%(end_buyers)s::bigint[] IS NULL OR coalesce(end_buyer_id, 0) = ANY(%(end_buyers)s::bigint[]))
        AND (%(products)s::bigint[] IS NULL OR product_id = ANY(%(products)s::bigint[]))
        AND (%(agreements)s::bigint[] IS NULL OR coalesce(agreement_id, 0) = ANY(%(agreements)s::bigint[]))
        AND (%(kinds)s::text[] IS NULL OR kind = ANY(%(kinds)s::text[]))
    GROUP BY credit_id, partner_id
)
SELECT
    c.id AS credit_id, c.number, c.credit_date, c.currency, c.total,
    coalesce(p.merged_into_id, s.partner_id) AS partner_id, sum(s.entries)::bigint AS entries,
    min(s.first_row) AS first_row, max(s.last_row) AS last_row, sum(s.settled)::bigint AS settled
FROM settled s
JOIN channel_inventory_claimcredit c ON c.tenant_id = %(tenant)s AND c.id = s.credit_id
LEFT JOIN parties_party p ON p.tenant_id = c.tenant_id AND p.id = s.partner_id
GROUP BY c.id, c.number, c.credit_date, c.currency, c.total, 6
ORDER BY c.currency, c.credit_date, c.id
