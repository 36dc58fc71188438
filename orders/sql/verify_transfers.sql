-- The two rows of each transfer sum to zero over the tenant: per schedule and day.
WITH found AS (
    SELECT
        'orders_schedule' AS table_name, schedule_id AS row_id,
        'order ' || min(order_id) || ', transfers of ' || business_date AS name, v.what, 0::numeric AS expected,
        sum(v.delta) AS found
    FROM orders_orderledger
    CROSS JOIN LATERAL (
        VALUES ('quantity', quantity_delta), ('value', value_delta), ('reporting', coalesce(reporting_delta, 0))
    ) AS v (what, delta)
    WHERE tenant_id = %(tenant)s AND verb = 'transferred'
    GROUP BY schedule_id, business_date, v.what
)
SELECT f.*, count(*) OVER () AS total, sum(abs(coalesce(f.found, 0) - coalesce(f.expected, 0))) OVER () AS difference
FROM found f
WHERE f.expected IS DISTINCT FROM f.found
ORDER BY f.row_id, f.what
LIMIT %(limit)s
