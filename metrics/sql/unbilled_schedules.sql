-- The schedules of which more has shipped than is billed (or less) at the close of `as_of`: a page of `size` (all when
-- it is empty) after a date and id, oldest shipment first, with the number of all of them and their sums by currency.
-- A quantity credit takes its invoice back; a price credit and a return leave nothing to bill.
WITH taken_back AS (
    SELECT n.id AS invoice_line_id, true AS is_taken_back
    FROM orders_invoice i
    JOIN orders_invoiceline n ON n.tenant_id = i.tenant_id AND n.invoice_id = i.id
    WHERE i.tenant_id = %(tenant)s AND i.kind = 'credit_memo' AND i.credit_kind = 'quantity'
),
picked AS (
    SELECT
        l.schedule_id, min(l.line_id) AS line_id, min(l.order_id) AS order_id, l.sell_to_id,
        coalesce(l.end_buyer_id, 0) AS end_buyer_id, l.product_id, l.currency, max(l.business_date) AS sort_date,
        -sum(l.quantity_delta)::bigint AS quantity, -sum(l.value_delta)::bigint AS value
    FROM orders_orderledger l
    LEFT JOIN taken_back b ON b.invoice_line_id = l.invoice_line_id
    WHERE l.tenant_id = %(tenant)s
        AND l.business_date <= %(as_of)s
        AND l.order_type = ANY(%(types)s)
        AND (l.verb IN ('shipped', 'unshipped', 'invoiced') OR b.is_taken_back)
        AND (%(sell_tos)s::bigint[] IS NULL OR l.sell_to_id = ANY(%(sell_tos)s::bigint[]))
        AND (%(end_buyers)s::bigint[] IS NULL OR coalesce(l.end_buyer_id, 0) = ANY(%(end_buyers)s::bigint[]))
        AND (%(products)s::bigint[] IS NULL OR l.product_id = ANY(%(products)s::bigint[]))
        AND (%(currency)s::text IS NULL OR l.currency = %(currency)s::text)
    GROUP BY l.schedule_id, l.sell_to_id, coalesce(l.end_buyer_id, 0), l.product_id, l.currency
    HAVING sum(l.value_delta) <> 0
),
sums AS (
    SELECT currency, count(*) AS schedules, sum(value)::bigint AS value, NULL::bigint AS reporting_value
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
    p.schedule_id, p.order_id, o.number AS order_number, n.line_no, s.number AS schedule_no, p.sell_to_id,
    p.end_buyer_id, p.product_id, p.currency, s.current_commit AS commit_date, s.request_date, p.quantity, p.value,
    NULL::bigint AS reporting_value, p.sort_date,
    (SELECT coalesce(jsonb_agg(to_jsonb(sums) ORDER BY currency), '[]') FROM sums) AS sums
FROM (SELECT true) AS always
LEFT JOIN page p ON true
LEFT JOIN orders_order o ON o.tenant_id = %(tenant)s AND o.id = p.order_id
LEFT JOIN orders_orderline n ON n.tenant_id = %(tenant)s AND n.id = p.line_id
LEFT JOIN orders_schedule s ON s.tenant_id = %(tenant)s AND s.id = p.schedule_id
ORDER BY p.sort_date, p.schedule_id
