-- The split rows of a line sum to zero on each day, within the same sell-to, end buyer and product.
WITH found AS (
    SELECT
        'orders_orderline' AS table_name, line_id AS row_id,
        'order ' || min(order_id) || ', splits of ' || business_date AS name, v.what, 0::numeric AS expected, sum(v.delta) AS found
    FROM orders_orderledger
    CROSS JOIN LATERAL (
        VALUES ('quantity', quantity_delta), ('value', value_delta), ('reporting', coalesce(reporting_delta, 0))
    ) AS v (what, delta)
    WHERE tenant_id = %(tenant)s AND verb = 'split'
    GROUP BY line_id, business_date, sell_to_id, end_buyer_id, product_id, currency, v.what
)
SELECT f.*, count(*) OVER () AS total, sum(abs(coalesce(f.found, 0) - coalesce(f.expected, 0))) OVER () AS difference
FROM found f
WHERE f.expected IS DISTINCT FROM f.found
ORDER BY f.row_id, f.what
LIMIT %(limit)s
