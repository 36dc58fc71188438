-- Per currency: what the ledger leaves open against what the schedules hold open, in both currencies.
WITH ledger AS (
    SELECT
        currency, sum(quantity_delta) AS quantity, sum(value_delta) AS value, sum(coalesce(reporting_delta, 0)) AS reporting
    FROM orders_orderledger
    WHERE tenant_id = %(tenant)s AND verb = ANY(%(backlog_verbs)s)
    GROUP BY currency
),
schedules AS (
    SELECT
        o.currency, sum(s.open_qty) AS quantity, sum(s.open_value) AS value, sum(coalesce(s.open_reporting, 0)) AS reporting
    FROM orders_schedule s
    JOIN orders_order o ON o.tenant_id = s.tenant_id AND o.id = s.order_id
    WHERE s.tenant_id = %(tenant)s
    GROUP BY o.currency
),
found AS (
    SELECT 'orders_schedule' AS table_name, NULL::bigint AS row_id, currency AS name, v.what, v.expected, v.found
    FROM ledger l
    FULL JOIN schedules s USING (currency)
    CROSS JOIN LATERAL (
        VALUES
        ('open_qty', coalesce(l.quantity, 0), coalesce(s.quantity, 0)),
        ('open_value', coalesce(l.value, 0), coalesce(s.value, 0)),
        ('open_reporting', coalesce(l.reporting, 0), coalesce(s.reporting, 0))
    ) AS v (what, expected, found)
)
SELECT f.*, count(*) OVER () AS total, sum(abs(coalesce(f.found, 0) - coalesce(f.expected, 0))) OVER () AS difference
FROM found f
WHERE f.expected IS DISTINCT FROM f.found
ORDER BY f.row_id, f.what
LIMIT %(limit)s
