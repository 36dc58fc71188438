-- What each ledger row says is open after it, against the running sum of its schedule's rows up to it.
-- The first row of a transfer's pair shows the state after both, so only the second is compared. What differs is sought
-- among whole rows and told by column afterwards.
WITH running AS (
    SELECT
        id, order_id, schedule_id, verb, quantity_delta, open_qty, open_value,
        oms_sum(CASE WHEN verb = ANY(%(backlog_verbs)s) THEN quantity_delta ELSE 0 END) OVER so_far AS run_qty,
        oms_sum(CASE WHEN verb = ANY(%(backlog_verbs)s) THEN value_delta ELSE 0 END) OVER so_far AS run_value
    FROM orders_orderledger
    WHERE tenant_id = %(tenant)s
    WINDOW so_far AS (PARTITION BY schedule_id ORDER BY id)
),
found AS (
    SELECT
        'orders_orderledger' AS table_name, r.id AS row_id,
        'order ' || r.order_id || ', schedule ' || r.schedule_id || ', ' || r.verb AS name, v.what, v.expected, v.found
    FROM running r
    CROSS JOIN LATERAL (
        VALUES ('open_qty', r.run_qty, r.open_qty), ('open_value', r.run_value, r.open_value)
    ) AS v (what, expected, found)
    WHERE (r.run_qty, r.run_value) IS DISTINCT FROM (r.open_qty, r.open_value)
        AND NOT (r.verb = 'transferred' AND r.quantity_delta < 0)
)
SELECT f.*, count(*) OVER () AS total, sum(abs(coalesce(f.found, 0) - coalesce(f.expected, 0))) OVER () AS difference
FROM found f
WHERE f.expected IS DISTINCT FROM f.found
ORDER BY f.row_id, f.what
LIMIT %(limit)s
