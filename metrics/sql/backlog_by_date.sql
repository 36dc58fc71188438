-- Open backlog at the close of `as_of` per currency and current commit, with the part whose request date has passed;
-- and what is late by the current commit per sell-to, end buyer and product, merged parties under the survivor.
-- Starts from the schedules as they are (partial index schedule_open) and takes back what the ledger has for later
-- days, so that yesterday costs a day and not the whole history: amounts by their deltas, a date by the `from_date`
-- of the first move after the day.
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
undone AS (
    SELECT
        l.schedule_id, l.sell_to_id, coalesce(l.end_buyer_id, 0) AS end_buyer_id, l.product_id,
        -oms_sum(l.quantity_delta) AS quantity, -oms_sum(l.value_delta) AS value,
        -coalesce(oms_sum(l.reporting_delta), 0) AS reporting_value,
        -coalesce(oms_sum(l.value_delta) FILTER (WHERE l.reporting_delta IS NULL), 0) AS unrated_value
    FROM orders_orderledger l
    WHERE l.tenant_id = %(tenant)s
        AND l.business_date > %(as_of)s
        AND l.order_type = ANY(%(types)s)
        AND l.verb = ANY(%(verbs)s)
    GROUP BY 1, 2, 3, 4
),
moved AS (
    SELECT DISTINCT ON (l.schedule_id, l.verb = 'request_moved')
        l.schedule_id, l.verb = 'request_moved' AS is_request, l.from_date
    FROM orders_orderledger l
    WHERE l.tenant_id = %(tenant)s
        AND l.business_date > %(as_of)s
        AND l.verb IN ('request_moved', 'commit_set', 'commit_moved')
    ORDER BY l.schedule_id, l.verb = 'request_moved', l.business_date, l.id
),
amounts AS (
    SELECT
        schedule_id, sell_to_id, end_buyer_id, product_id, sum(quantity) AS quantity, sum(value) AS value,
        sum(reporting_value) AS reporting_value, sum(unrated_value) AS unrated_value
    FROM (
        SELECT
            s.id AS schedule_id, o.sell_to_id, coalesce(l.end_buyer_id, 0) AS end_buyer_id, l.product_id,
            s.open_qty AS quantity, s.open_value AS value, coalesce(s.open_reporting, 0) AS reporting_value,
            CASE WHEN s.open_reporting IS NULL THEN s.open_value ELSE 0 END AS unrated_value
        FROM orders_schedule s
        JOIN orders_orderline l ON l.tenant_id = s.tenant_id AND l.id = s.line_id
        JOIN orders_order o ON o.tenant_id = s.tenant_id AND o.id = s.order_id
        WHERE s.tenant_id = %(tenant)s AND s.open_qty > 0 AND o.order_type = ANY(%(types)s)
        UNION ALL
        SELECT * FROM undone
    ) both_ways
    GROUP BY 1, 2, 3, 4
    HAVING (sum(quantity), sum(value)) <> (0, 0)
),
dated AS (
    SELECT
        o.currency, a.schedule_id, a.quantity, a.value, a.reporting_value, a.unrated_value,
        coalesce(t.id, a.sell_to_id) AS sell_to_id, coalesce(e.id, a.end_buyer_id) AS end_buyer_id, a.product_id,
        CASE WHEN c.schedule_id IS NULL THEN s.current_commit ELSE c.from_date END AS commit_date,
        coalesce(r.from_date, s.request_date) AS request_date
    FROM amounts a
    JOIN orders_schedule s ON s.tenant_id = %(tenant)s AND s.id = a.schedule_id
    JOIN orders_order o ON o.tenant_id = %(tenant)s AND o.id = s.order_id
    LEFT JOIN moved c ON c.schedule_id = a.schedule_id AND NOT c.is_request
    LEFT JOIN moved r ON r.schedule_id = a.schedule_id AND r.is_request
    LEFT JOIN final t ON t.lost_id = a.sell_to_id
    LEFT JOIN final e ON e.lost_id = a.end_buyer_id
    WHERE (%(sell_tos)s::bigint[] IS NULL OR a.sell_to_id = ANY(%(sell_tos)s::bigint[]))
        AND (%(end_buyers)s::bigint[] IS NULL OR a.end_buyer_id = ANY(%(end_buyers)s::bigint[]))
        AND (%(products)s::bigint[] IS NULL OR a.product_id = ANY(%(products)s::bigint[]))
)
SELECT
    'date' AS dimension, NULL::bigint AS id, currency, commit_date,
    count(*) AS schedules,
    sum(quantity)::bigint AS quantity,
    sum(value)::bigint AS value,
    sum(reporting_value)::bigint AS reporting_value,
    sum(unrated_value)::bigint AS unrated_value,
    coalesce(sum(value) FILTER (WHERE request_date < %(as_of)s), 0)::bigint AS past_request_value,
    coalesce(sum(reporting_value) FILTER (WHERE request_date < %(as_of)s), 0)::bigint AS past_request_reporting
FROM dated
GROUP BY currency, commit_date
UNION ALL
SELECT
    CASE
        WHEN grouping(sell_to_id) = 0 THEN 'sell_to'
        WHEN grouping(end_buyer_id) = 0 THEN 'end_buyer'
        ELSE 'product'
    END,
    coalesce(sell_to_id, end_buyer_id, product_id), currency, NULL,
    count(*), sum(quantity)::bigint, sum(value)::bigint, sum(reporting_value)::bigint, sum(unrated_value)::bigint, 0, 0
FROM dated
WHERE commit_date < %(as_of)s
GROUP BY GROUPING SETS ((currency, sell_to_id), (currency, end_buyer_id), (currency, product_id))
ORDER BY dimension, currency, commit_date
