-- Net bookings, billings and backlog of a span per sell-to, end buyer and product: the `top` of each by net bookings
-- apart and the rest summed, per currency and (currency '') for all of them together in the tenant's.
-- Two sources, one answer, and merged parties under the survivor: as in bookings_billings_backlog.
WITH RECURSIVE survivors AS (
    SELECT id AS lost_id, merged_into_id AS id
    FROM parties_party
    WHERE tenant_id = %(tenant)s AND merged_into_id IS NOT NULL
    UNION
    SELECT s.lost_id, p.merged_into_id
    FROM survivors s
    JOIN parties_party p ON p.id = s.id AND p.tenant_id = %(tenant)s
    WHERE p.merged_into_id IS NOT NULL
),
final AS (
    SELECT s.lost_id, s.id
    FROM survivors s
    JOIN parties_party p ON p.id = s.id AND p.tenant_id = %(tenant)s AND p.merged_into_id IS NULL
),
facts AS (
    SELECT
        p.sell_to_id, p.end_buyer_id, p.product_id, p.currency, oms_sum(p.value) AS closing,
        oms_sum(p.reporting_value) AS closing_reporting, 0::bigint AS net, 0::bigint AS net_reporting,
        0::bigint AS billed, 0::bigint AS billed_reporting
    -- what is still so and what ended later, apart: each is a range of position_by_end
    FROM (
        SELECT sell_to_id, end_buyer_id, product_id, currency, valid_from, value, reporting_value
        FROM metrics_backlogposition
        WHERE tenant_id = %(tenant)s AND valid_to IS NULL
        UNION ALL
        SELECT sell_to_id, end_buyer_id, product_id, currency, valid_from, value, reporting_value
        FROM metrics_backlogposition
        WHERE tenant_id = %(tenant)s AND valid_to >= %(as_of)s
    ) p
    WHERE %(use_snapshot)s
        AND p.valid_from <= %(as_of)s
        AND (%(sell_tos)s::bigint[] IS NULL OR p.sell_to_id = ANY(%(sell_tos)s::bigint[]))
        AND (%(end_buyers)s::bigint[] IS NULL OR p.end_buyer_id = ANY(%(end_buyers)s::bigint[]))
        AND (%(products)s::bigint[] IS NULL OR p.product_id = ANY(%(products)s::bigint[]))
    GROUP BY 1, 2, 3, 4
    UNION ALL
    SELECT
        f.sell_to_id, f.end_buyer_id, f.product_id, f.currency, 0, 0,
        oms_sum(
            coalesce(f.backlog_value, 0) - coalesce(f.transfer_value, 0) - coalesce(f.shipped_value, 0)
            - coalesce(f.unshipped_value, 0)
        ),
        oms_sum(
            coalesce(f.backlog_reporting, 0) - coalesce(f.transfer_reporting, 0) - coalesce(f.shipped_reporting, 0)
            - coalesce(f.unshipped_reporting, 0)
        ),
        oms_sum(coalesce(f.invoiced_value, 0) + coalesce(f.credited_value, 0)),
        oms_sum(coalesce(f.invoiced_reporting, 0) + coalesce(f.credited_reporting, 0))
    FROM metrics_dailyflow f
    WHERE %(use_snapshot)s AND f.tenant_id = %(tenant)s AND f.day BETWEEN %(first)s AND %(as_of)s
        AND (%(sell_tos)s::bigint[] IS NULL OR f.sell_to_id = ANY(%(sell_tos)s::bigint[]))
        AND (%(end_buyers)s::bigint[] IS NULL OR f.end_buyer_id = ANY(%(end_buyers)s::bigint[]))
        AND (%(products)s::bigint[] IS NULL OR f.product_id = ANY(%(products)s::bigint[]))
    GROUP BY 1, 2, 3, 4
    UNION ALL
    SELECT
        l.sell_to_id, coalesce(l.end_buyer_id, 0), l.product_id, l.currency,
        coalesce(oms_sum(l.value_delta) FILTER (WHERE l.verb = ANY(%(backlog_verbs)s)), 0),
        coalesce(oms_sum(l.reporting_delta) FILTER (WHERE l.verb = ANY(%(backlog_verbs)s)), 0),
        coalesce(oms_sum(l.value_delta) FILTER (WHERE l.verb = ANY(%(net_verbs)s) AND l.business_date >= %(first)s), 0),
        coalesce(
            oms_sum(l.reporting_delta) FILTER (WHERE l.verb = ANY(%(net_verbs)s) AND l.business_date >= %(first)s), 0
        ),
        coalesce(
            oms_sum(l.value_delta) FILTER (WHERE l.verb IN ('invoiced', 'credited') AND l.business_date >= %(first)s), 0
        ),
        coalesce(
            oms_sum(l.reporting_delta)
                FILTER (WHERE l.verb IN ('invoiced', 'credited') AND l.business_date >= %(first)s), 0
        )
    FROM orders_orderledger l
    WHERE l.tenant_id = %(tenant)s
        AND l.business_date <= %(as_of)s
        AND l.recorded_at > %(after)s
        AND l.order_type = ANY(%(types)s)
        AND l.verb = ANY(%(verbs)s)
        AND (%(sell_tos)s::bigint[] IS NULL OR l.sell_to_id = ANY(%(sell_tos)s::bigint[]))
        AND (%(end_buyers)s::bigint[] IS NULL OR coalesce(l.end_buyer_id, 0) = ANY(%(end_buyers)s::bigint[]))
        AND (%(products)s::bigint[] IS NULL OR l.product_id = ANY(%(products)s::bigint[]))
    GROUP BY 1, 2, 3, 4
),
sums AS (
    SELECT
        coalesce(currency, '') AS currency,
        CASE
            WHEN grouping(sell_to_id) = 0 THEN 'sell_to'
            WHEN grouping(end_buyer_id) = 0 THEN 'end_buyer'
            ELSE 'product'
        END AS dimension,
        coalesce(sell_to_id, end_buyer_id, product_id) AS id,
        CASE WHEN grouping(currency) = 0 THEN oms_sum(net) ELSE oms_sum(net_reporting) END AS net,
        CASE WHEN grouping(currency) = 0 THEN oms_sum(billed) ELSE oms_sum(billed_reporting) END AS billed,
        CASE WHEN grouping(currency) = 0 THEN oms_sum(closing) ELSE oms_sum(closing_reporting) END AS closing
    FROM (
        SELECT
            coalesce(s.id, facts.sell_to_id) AS sell_to_id, coalesce(e.id, facts.end_buyer_id) AS end_buyer_id,
            facts.product_id, facts.currency, net, net_reporting, billed, billed_reporting, closing, closing_reporting
        FROM facts
        LEFT JOIN final s ON s.lost_id = facts.sell_to_id
        LEFT JOIN final e ON e.lost_id = facts.end_buyer_id
    ) resolved
    GROUP BY GROUPING SETS (
        (currency, sell_to_id), (currency, end_buyer_id), (currency, product_id), (sell_to_id), (end_buyer_id),
        (product_id)
    )
),
ranked AS (
    SELECT
        sums.*, row_number() OVER (PARTITION BY currency, dimension ORDER BY net DESC, closing DESC, billed DESC, id)
            AS place
    FROM sums
    WHERE (net, billed, closing) <> (0, 0, 0)
)
SELECT
    currency, dimension, CASE WHEN place <= %(top)s THEN place END AS shown,
    CASE WHEN min(place) <= %(top)s THEN min(id) END AS id, count(*) AS members,
    sum(net)::bigint AS net, sum(billed)::bigint AS billed, sum(closing)::bigint AS closing
FROM ranked
GROUP BY currency, dimension, shown
ORDER BY currency, dimension, shown NULLS LAST
