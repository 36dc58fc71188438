-- Date moves of a span of days per currency, axis (the customer's request date, our commit), direction and initiator:
-- rows, schedules, the open value that moved, and how much of it left a fiscal period or quarter.
-- `periods` and `quarters` are the first days of consecutive fiscal periods and quarters. `digits` are the decimals of
-- currencies that have not two of them; values convert at each line's booking rate, half up, row by row.
SELECT
    m.currency, m.verb, m.initiator, m.days > 0 AS is_later,
    count(*) AS rows,
    count(DISTINCT m.schedule_id) AS schedules,
    sum(m.days)::bigint AS days,
    sum(m.value)::bigint AS value,
    sum(m.reporting)::bigint AS reporting_value,
    sum(m.value * m.days)::bigint AS value_days,
    sum(m.reporting * m.days)::bigint AS reporting_value_days,
    coalesce(sum(m.value) FILTER (WHERE m.leaves_period), 0)::bigint AS period_value,
    coalesce(sum(m.reporting) FILTER (WHERE m.leaves_period), 0)::bigint AS period_reporting,
    coalesce(sum(m.value) FILTER (WHERE m.leaves_quarter), 0)::bigint AS quarter_value,
    coalesce(sum(m.reporting) FILTER (WHERE m.leaves_quarter), 0)::bigint AS quarter_reporting,
    count(*) FILTER (WHERE m.reporting IS NULL) AS unrated_rows
FROM (
    SELECT
        l.currency, l.verb, l.initiator, l.days, l.schedule_id, l.open_value AS value,
        round(l.open_value * n.booking_rate * power(10::numeric, %(to_digits)s - coalesce(d.digits, 2))) AS reporting,
        width_bucket(l.from_date, %(periods)s::date[]) <> width_bucket(l.to_date, %(periods)s::date[])
            AS leaves_period,
        width_bucket(l.from_date, %(quarters)s::date[]) <> width_bucket(l.to_date, %(quarters)s::date[])
            AS leaves_quarter
    FROM orders_orderledger l
    JOIN orders_orderline n ON n.tenant_id = l.tenant_id AND n.id = l.line_id
    LEFT JOIN unnest(%(currencies)s::text[], %(digits)s::int[]) AS d (currency, digits) ON d.currency = l.currency
    WHERE l.tenant_id = %(tenant)s
        AND l.business_date BETWEEN %(first)s AND %(as_of)s
        AND l.order_type = ANY(%(types)s)
        AND l.verb IN ('request_moved', 'commit_moved')
        AND l.days <> 0
        AND (%(sell_tos)s::bigint[] IS NULL OR l.sell_to_id = ANY(%(sell_tos)s::bigint[]))
        AND (%(end_buyers)s::bigint[] IS NULL OR coalesce(l.end_buyer_id, 0) = ANY(%(end_buyers)s::bigint[]))
        AND (%(products)s::bigint[] IS NULL OR l.product_id = ANY(%(products)s::bigint[]))
) m
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4
