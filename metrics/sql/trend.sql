-- Net bookings and billings of consecutive periods per currency, from the two sources of bookings_billings_backlog.
WITH periods AS (
    SELECT p.first, p.last, p.number
    FROM unnest(%(firsts)s::date[], %(lasts)s::date[]) WITH ORDINALITY AS p (first, last, number)
),
facts AS (
    SELECT
        f.day, f.currency, f.unrated_rows,
        coalesce(f.backlog_value, 0) - coalesce(f.transfer_value, 0) - coalesce(f.shipped_value, 0)
            - coalesce(f.unshipped_value, 0) AS net,
        coalesce(f.backlog_reporting, 0) - coalesce(f.transfer_reporting, 0) - coalesce(f.shipped_reporting, 0)
            - coalesce(f.unshipped_reporting, 0) AS net_reporting,
        coalesce(f.invoiced_value, 0) + coalesce(f.credited_value, 0) AS billed,
        coalesce(f.invoiced_reporting, 0) + coalesce(f.credited_reporting, 0) AS billed_reporting
    FROM metrics_dailyflow f
    WHERE %(use_snapshot)s
        AND f.tenant_id = %(tenant)s
        AND f.day BETWEEN %(first)s AND %(as_of)s
        AND (%(sell_tos)s::bigint[] IS NULL OR f.sell_to_id = ANY(%(sell_tos)s::bigint[]))
        AND (%(end_buyers)s::bigint[] IS NULL OR f.end_buyer_id = ANY(%(end_buyers)s::bigint[]))
        AND (%(products)s::bigint[] IS NULL OR f.product_id = ANY(%(products)s::bigint[]))
    UNION ALL
    SELECT
        l.business_date, l.currency,
        CASE WHEN l.reporting_delta IS NULL AND l.value_delta <> 0 THEN 1 ELSE 0 END,
        CASE WHEN l.verb NOT IN ('invoiced', 'credited') THEN l.value_delta ELSE 0 END,
        CASE WHEN l.verb NOT IN ('invoiced', 'credited') THEN coalesce(l.reporting_delta, 0) ELSE 0 END,
        CASE WHEN l.verb IN ('invoiced', 'credited') THEN l.value_delta ELSE 0 END,
        CASE WHEN l.verb IN ('invoiced', 'credited') THEN coalesce(l.reporting_delta, 0) ELSE 0 END
    FROM orders_orderledger l
    WHERE l.tenant_id = %(tenant)s
        AND l.business_date BETWEEN %(first)s AND %(as_of)s
        AND l.recorded_at > %(after)s
        AND l.order_type = ANY(%(types)s)
        AND l.verb IN (
            'booked', 'qty_increased', 'qty_decreased', 'cancelled', 'price_changed', 'invoiced', 'credited'
        )
        AND (%(sell_tos)s::bigint[] IS NULL OR l.sell_to_id = ANY(%(sell_tos)s::bigint[]))
        AND (%(end_buyers)s::bigint[] IS NULL OR coalesce(l.end_buyer_id, 0) = ANY(%(end_buyers)s::bigint[]))
        AND (%(products)s::bigint[] IS NULL OR l.product_id = ANY(%(products)s::bigint[]))
),
-- a day once, before the periods are looked for: they may overlap
days AS MATERIALIZED (
    SELECT
        day, currency, sum(net) AS net, sum(net_reporting) AS net_reporting, sum(billed) AS billed,
        sum(billed_reporting) AS billed_reporting, sum(unrated_rows) AS unrated_rows
    FROM facts
    GROUP BY day, currency
)
SELECT
    p.number, days.currency,
    sum(days.net)::bigint AS net, sum(days.net_reporting)::bigint AS net_reporting,
    sum(days.billed)::bigint AS billed, sum(days.billed_reporting)::bigint AS billed_reporting,
    sum(days.unrated_rows)::bigint AS unrated_rows
FROM days
JOIN periods p ON days.day BETWEEN p.first AND p.last
GROUP BY 1, 2
ORDER BY 1, 2
