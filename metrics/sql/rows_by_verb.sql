-- Ledger rows of a span of days per currency and verb: how many stand behind each driver of the bridge.
SELECT l.currency, l.verb, count(*) AS rows
FROM orders_orderledger l
WHERE l.tenant_id = %(tenant)s
    AND l.business_date BETWEEN %(first)s AND %(as_of)s
    AND l.order_type = ANY(%(types)s)
    AND l.verb = ANY(%(verbs)s)
    AND (%(sell_tos)s::bigint[] IS NULL OR l.sell_to_id = ANY(%(sell_tos)s::bigint[]))
    AND (%(end_buyers)s::bigint[] IS NULL OR coalesce(l.end_buyer_id, 0) = ANY(%(end_buyers)s::bigint[]))
    AND (%(products)s::bigint[] IS NULL OR l.product_id = ANY(%(products)s::bigint[]))
GROUP BY 1, 2
