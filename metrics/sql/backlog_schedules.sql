-- The open schedules that a backlog figure adds up, as they were at the close of `as_of`: a page of `size` (all when it
-- is empty) after a sort date and id, soonest commit first, with the number of all of them and their sums by currency.
-- Found like backlog_by_date: from the schedules as they are, with later ledger rows taken back.
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
),
picked AS (
    SELECT *, coalesce(commit_date, date '9999-12-31') AS sort_date
    FROM (
        SELECT
            a.schedule_id, a.sell_to_id, a.end_buyer_id, a.product_id, s.order_id, s.line_id, s.number AS schedule_no,
            o.number AS order_number, o.currency, a.quantity, a.value, a.reporting_value, a.unrated_value,
            CASE WHEN c.schedule_id IS NULL THEN s.current_commit ELSE c.from_date END AS commit_date,
            coalesce(r.from_date, s.request_date) AS request_date
        FROM amounts a
        JOIN orders_schedule s ON s.tenant_id = %(tenant)s AND s.id = a.schedule_id
        JOIN orders_order o ON o.tenant_id = %(tenant)s AND o.id = s.order_id
        LEFT JOIN moved c ON c.schedule_id = a.schedule_id AND NOT c.is_request
        LEFT JOIN moved r ON r.schedule_id = a.schedule_id AND r.is_request
        WHERE (%(sell_tos)s::bigint[] IS NULL OR a.sell_to_id = ANY(%(sell_tos)s::bigint[]))
            AND (%(end_buyers)s::bigint[] IS NULL OR a.end_buyer_id = ANY(%(end_buyers)s::bigint[]))
            AND (%(products)s::bigint[] IS NULL OR a.product_id = ANY(%(products)s::bigint[]))
            AND (%(currency)s::text IS NULL OR o.currency = %(currency)s::text)
    ) dated
    WHERE (%(due_from)s::date IS NULL OR commit_date >= %(due_from)s::date)
        AND (%(due_to)s::date IS NULL OR commit_date <= %(due_to)s::date)
        AND (NOT %(is_unscheduled)s OR commit_date IS NULL)
        AND (NOT %(is_past_request)s OR request_date < %(as_of)s)
),
sums AS (
    SELECT
        currency, count(*) AS schedules, sum(value)::bigint AS value,
        CASE WHEN bool_and(unrated_value = 0) THEN sum(reporting_value)::bigint END AS reporting_value
    FROM picked
    GROUP BY currency
),
page AS (
    SELECT *
    FROM picked
    WHERE (sort_date, schedule_id) > (%(after_date)s::date, %(after_id)s)
    ORDER BY sort_date, schedule_id
    LIMIT %(size)s
)
SELECT
    p.schedule_id, p.order_id, p.order_number, l.line_no, p.schedule_no, p.sell_to_id, p.end_buyer_id, p.product_id,
    p.currency, p.commit_date, p.request_date, p.quantity, p.value,
    CASE WHEN p.unrated_value = 0 THEN p.reporting_value END AS reporting_value, p.sort_date,
    (SELECT coalesce(jsonb_agg(to_jsonb(sums) ORDER BY currency), '[]') FROM sums) AS sums
FROM (SELECT true) AS always
LEFT JOIN page p ON true
LEFT JOIN orders_orderline l ON l.tenant_id = %(tenant)s AND l.id = p.line_id
ORDER BY p.sort_date, p.schedule_id
