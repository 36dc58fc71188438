-- The backlog identity in every dimension: what the ledger leaves open of a schedule under a sell-to, end buyer,
-- product and currency is all under those that the order and its line name today, and nothing under any other. Only
-- rows under another one are summed: few are.
WITH today AS (
    SELECT n.id AS line_id, n.order_id, o.sell_to_id, coalesce(n.end_buyer_id, 0) AS end_buyer_id, n.product_id, o.currency
    FROM orders_order o
    JOIN orders_orderline n ON n.tenant_id = o.tenant_id AND n.order_id = o.id
    WHERE o.tenant_id = %(tenant)s
),
ledger AS (
    SELECT
        b.schedule_id, b.order_id, b.sell_to_id, b.end_buyer_id, b.product_id, b.currency, sum(b.value_delta) AS value,
        sum(b.quantity_delta) AS quantity
    FROM orders_orderledger b
    LEFT JOIN today ON today.line_id = b.line_id
    WHERE b.tenant_id = %(tenant)s AND b.verb = ANY(%(backlog_verbs)s)
        AND (b.order_id, b.sell_to_id, coalesce(b.end_buyer_id, 0), b.product_id, b.currency) IS DISTINCT FROM
            (today.order_id, today.sell_to_id, today.end_buyer_id, today.product_id, today.currency)
    GROUP BY b.schedule_id, b.order_id, b.sell_to_id, b.end_buyer_id, b.product_id, b.currency
    HAVING (sum(b.value_delta), sum(b.quantity_delta)) <> (0, 0)
),
found AS (
    SELECT
        'orders_schedule' AS table_name, l.schedule_id AS row_id,
        'order ' || l.order_id || ', sell-to ' || l.sell_to_id || ', end buyer ' || coalesce(l.end_buyer_id::text, 'none')
            || ', product ' || l.product_id || ', ' || l.currency AS name,
        v.what, 0::numeric AS expected, v.found
    FROM ledger l
    CROSS JOIN LATERAL (VALUES ('quantity', l.quantity), ('value', l.value)) AS v (what, found)
)
SELECT f.*, count(*) OVER () AS total, sum(abs(coalesce(f.found, 0) - coalesce(f.expected, 0))) OVER () AS difference
FROM found f
WHERE f.expected IS DISTINCT FROM f.found
ORDER BY f.row_id, f.what
LIMIT %(limit)s
