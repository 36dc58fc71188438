-- Open backlog at the close of `as_of` per currency and current commit, with the part whose request date has passed.
-- Starts from the schedules as they are (partial index schedule_open) and takes back what the ledger has for later
-- days, so that yesterday costs a day and not the whole history: amounts by their deltas, a date by the `from_date`
-- of the first move after the day.
WITH undone AS (
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
)
SELECT
    o.currency,
    CASE WHEN c.schedule_id IS NULL THEN s.current_commit ELSE c.from_date END AS commit_date,
    count(DISTINCT a.schedule_id) AS schedules,
    sum(a.quantity)::bigint AS quantity,
    sum(a.value)::bigint AS value,
    sum(a.reporting_value)::bigint AS reporting_value,
    sum(a.unrated_value)::bigint AS unrated_value,
    coalesce(sum(a.value) FILTER (WHERE coalesce(r.from_date, s.request_date) < %(as_of)s), 0)::bigint
        AS past_request_value,
    coalesce(sum(a.reporting_value) FILTER (WHERE coalesce(r.from_date, s.request_date) < %(as_of)s), 0)::bigint
        AS past_request_reporting
FROM amounts a
JOIN orders_schedule s ON s.tenant_id = %(tenant)s AND s.id = a.schedule_id
JOIN orders_order o ON o.tenant_id = %(tenant)s AND o.id = s.order_id
LEFT JOIN moved c ON c.schedule_id = a.schedule_id AND NOT c.is_request
LEFT JOIN moved r ON r.schedule_id = a.schedule_id AND r.is_request
WHERE (%(sell_tos)s::bigint[] IS NULL OR a.sell_to_id = ANY(%(sell_tos)s::bigint[]))
    AND (%(end_buyers)s::bigint[] IS NULL OR a.end_buyer_id = ANY(%(end_buyers)s::bigint[]))
    AND (%(products)s::bigint[] IS NULL OR a.product_id = ANY(%(products)s::bigint[]))
GROUP BY 1, 2
ORDER BY 1, 2
