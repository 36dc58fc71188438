-- Where no quantity is open, no value may be: on every ledger row, and on every schedule in both currencies.
WITH found AS (
    SELECT
        'orders_orderledger' AS table_name, id AS row_id, 'order ' || order_id || ', schedule ' || schedule_id AS name,
        'open_value' AS what, 0::bigint AS expected, open_value AS found
    FROM orders_orderledger
    WHERE tenant_id = %(tenant)s AND open_qty = 0 AND open_value <> 0
    UNION ALL
    SELECT
        'orders_schedule', s.id, 'order ' || s.order_id || ', line ' || s.line_id, v.what, 0, v.found
    FROM orders_schedule s
    CROSS JOIN LATERAL (
        VALUES ('open_value', s.open_value), ('open_reporting', coalesce(s.open_reporting, 0))
    ) AS v (what, found)
    WHERE s.tenant_id = %(tenant)s AND s.open_qty = 0
)
SELECT f.*, count(*) OVER () AS total, sum(abs(coalesce(f.found, 0) - coalesce(f.expected, 0))) OVER () AS difference
FROM found f
WHERE f.expected IS DISTINCT FROM f.found
ORDER BY f.row_id, f.what
LIMIT %(limit)s
