-- The backlog identity in every dimension: what the ledger leaves open of a schedule under a sell-to, end buyer,
-- product and currency is all under those that the order and its line name today, and nothing under any other.
WITH ledger AS (
    SELECT
        schedule_id, order_id, line_id, sell_to_id, end_buyer_id, product_id, currency, sum(value_delta) AS value,
        sum(quantity_delta) AS quantity
    FROM orders_orderledger
    WHERE tenant_id = %(tenant)s AND verb = ANY(%(backlog_verbs)s)
    GROUP BY 1, 2, 3, 4, 5, 6, 7
    HAVING (sum(value_delta), sum(quantity_delta)) <> (0, 0)
),
found AS (
    SELECT
        'orders_schedule' AS table_name, l.schedule_id AS row_id,
        'order ' || l.order_id || ', sell-to ' || l.sell_to_id || ', end buyer ' || coalesce(l.end_buyer_id::text, 'none')
            || ', product ' || l.product_id || ', ' || l.currency AS name,
        v.what, 0::numeric AS expected, v.found
    FROM ledger l
    JOIN orders_order o ON o.tenant_id = %(tenant)s AND o.id = l.order_id
    JOIN orders_orderline n ON n.tenant_id = %(tenant)s AND n.id = l.line_id
    CROSS JOIN LATERAL (VALUES ('quantity', l.quantity), ('value', l.value)) AS v (what, found)
    WHERE (l.sell_to_id, coalesce(l.end_buyer_id, 0), l.product_id, l.currency)
        <> (o.sell_to_id, coalesce(n.end_buyer_id, 0), n.product_id, o.currency)
)
SELECT f.*, count(*) OVER () AS total, sum(abs(coalesce(f.found, 0) - coalesce(f.expected, 0))) OVER () AS difference
FROM found f
WHERE f.expected IS DISTINCT FROM f.found
ORDER BY f.row_id, f.what
LIMIT %(limit)s
