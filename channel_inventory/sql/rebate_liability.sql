-- What each entry did to both buckets up to `as_of`, before the days asked for and within them, by partner × end buyer ×
-- product × agreement × kind × currency, and the age of what is claimed. Parties that were merged stand under the
-- survivor. One scan, which sums by few columns that need no look-up; the joins and the spreading out into columns
-- happen to the sums. Ages are told by conditions, of which the planner knows that each has two answers; with the
-- statistics liability_keys it lets several processes sum. Leans on liability_by_day where the days are few, else on a
-- scan.
WITH sums AS (
    SELECT
        partner_id, end_buyer_id, product_id, agreement_id, kind, currency, entry,
        business_date >= %(first)s::date AS is_within,
        claimed = 0 OR received_on > %(as_of)s::date - 31 AS is_30,
        claimed = 0 OR received_on > %(as_of)s::date - 61 AS is_60,
        claimed = 0 OR received_on > %(as_of)s::date - 91 AS is_90,
        oms_sum(estimated) AS estimated, oms_sum(claimed) AS claimed, count(*) AS entries
    FROM channel_inventory_liabilityledger
    WHERE tenant_id = %(tenant)s
        AND business_date <= %(as_of)s::date
        AND (%(recorded_before)s::timestamptz IS NULL OR recorded_at < %(recorded_before)s::timestamptz)
        AND (%(partners)s::bigint[] IS NULL OR partner_id = ANY(%(partners)s::bigint[]))
        AND (%(end_buyers)s::bigint[] IS NULL OR coalesce(end_buyer_id, 0) = ANY(%(end_buyers)s::bigint[]))
        AND (%(products)s::bigint[] IS NULL OR product_id = ANY(%(products)s::bigint[]))
        AND (%(agreements)s::bigint[] IS NULL OR coalesce(agreement_id, 0) = ANY(%(agreements)s::bigint[]))
        AND (%(kinds)s::text[] IS NULL OR kind = ANY(%(kinds)s::text[]))
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
)
SELECT
    coalesce(p.merged_into_id, s.partner_id) AS partner_id,
    coalesce(e.merged_into_id, s.end_buyer_id, 0) AS end_buyer_id, coalesce(s.product_id, 0) AS product_id,
    coalesce(s.agreement_id, 0) AS agreement_id, s.kind, s.currency,
    coalesce(sum(s.estimated) FILTER (WHERE NOT is_within), 0)::bigint AS opening_estimated,
    coalesce(sum(s.claimed) FILTER (WHERE NOT is_within), 0)::bigint AS opening_claimed,
    coalesce(sum(s.estimated) FILTER (WHERE entry = 'accrue' AND is_within), 0)::bigint AS accrued,
    coalesce(sum(s.estimated) FILTER (WHERE entry = 'adjust' AND is_within), 0)::bigint AS adjusted,
    coalesce(sum(s.estimated) FILTER (WHERE entry = 'approve' AND is_within), 0)::bigint AS approved_estimated,
    coalesce(sum(s.claimed) FILTER (WHERE entry = 'approve' AND is_within), 0)::bigint AS approved_claimed,
    coalesce(sum(s.estimated) FILTER (WHERE entry = 'deny' AND is_within), 0)::bigint AS denied,
    coalesce(sum(s.claimed) FILTER (WHERE entry = 'settle' AND is_within), 0)::bigint AS settled_within,
    coalesce(sum(s.estimated) FILTER (WHERE entry = 'reverse' AND is_within), 0)::bigint AS reversed_estimated,
    coalesce(sum(s.claimed) FILTER (WHERE entry = 'reverse' AND is_within), 0)::bigint AS reversed_claimed,
    coalesce(sum(s.estimated) FILTER (WHERE entry = 'accrue'), 0)::bigint AS accrued_ever,
    coalesce(sum(s.claimed) FILTER (WHERE entry = 'approve'), 0)::bigint AS approved_ever,
    coalesce(sum(s.claimed) FILTER (WHERE entry = 'settle'), 0)::bigint AS settled_ever,
    coalesce(sum(s.claimed) FILTER (WHERE is_30), 0)::bigint AS age_30,
    coalesce(sum(s.claimed) FILTER (WHERE is_60 AND NOT is_30), 0)::bigint AS age_60,
    coalesce(sum(s.claimed) FILTER (WHERE is_90 AND NOT is_60), 0)::bigint AS age_90,
    coalesce(sum(s.claimed) FILTER (WHERE NOT is_90), 0)::bigint AS age_over,
    sum(s.entries)::bigint AS entries
FROM sums s
LEFT JOIN parties_party p ON p.tenant_id = %(tenant)s AND p.id = s.partner_id
LEFT JOIN parties_party e ON e.tenant_id = %(tenant)s AND e.id = s.end_buyer_id
GROUP BY 1, 2, 3, 4, 5, 6
ORDER BY 6, 1, 4, 2, 3, 5
