-- The limit of the liability report: both buckets by its keys, in one scan.
SELECT
    partner_id, end_buyer_id, product_id, agreement_id, kind, currency, sum(estimated) AS estimated,
    sum(claimed) AS claimed, count(*) AS entries
FROM channel_inventory_liabilityledger
WHERE tenant_id = %(tenant)s AND business_date <= %(as_of)s::date
GROUP BY 1, 2, 3, 4, 5, 6
