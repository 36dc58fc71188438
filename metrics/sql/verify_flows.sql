-- The snapshot's flows against the ledger rows it covers, by day and key: counts, backlog in both currencies, billings.
-- Nothing is compared before the first run, or while a rebuild has the snapshot in pieces.
WITH ledger AS (
    SELECT
        business_date AS day, sell_to_id, coalesce(end_buyer_id, 0) AS end_buyer_id, product_id, currency,
        count(*) AS rows,
        oms_sum(quantity_delta) FILTER (WHERE verb NOT IN ('invoiced', 'credited')) AS quantity,
        oms_sum(value_delta) FILTER (WHERE verb NOT IN ('invoiced', 'credited')) AS value,
        oms_sum(reporting_delta) FILTER (WHERE verb NOT IN ('invoiced', 'credited')) AS reporting,
        oms_sum(value_delta) FILTER (WHERE verb IN ('booked', 'qty_increased')) AS gross,
        oms_sum(value_delta) FILTER (WHERE verb IN ('invoiced', 'credited')) AS billed
    FROM orders_orderledger
    WHERE %(use_snapshot)s
        AND tenant_id = %(tenant)s
        AND recorded_at <= %(after)s
        AND verb = ANY(%(flow_verbs)s)
        AND order_type = ANY(%(types)s)
    GROUP BY 1, 2, 3, 4, 5
),
flows AS (
    SELECT *
    FROM metrics_dailyflow
    WHERE %(use_snapshot)s AND tenant_id = %(tenant)s
),
found AS (
    SELECT
        'metrics_dailyflow' AS table_name, NULL::bigint AS row_id,
        day || ', sell-to ' || sell_to_id || ', end buyer ' || end_buyer_id || ', product ' || product_id || ', '
            || currency AS name,
        v.what, v.expected, v.found
    FROM ledger l
    FULL JOIN flows f USING (day, sell_to_id, end_buyer_id, product_id, currency)
    CROSS JOIN LATERAL (
        VALUES
        ('ledger rows', coalesce(l.rows, 0), coalesce(f.row_count, 0)),
        ('backlog quantity', coalesce(l.quantity, 0), coalesce(f.backlog_qty, 0)),
        ('backlog value', coalesce(l.value, 0), coalesce(f.backlog_value, 0)),
        ('backlog in the reporting currency', coalesce(l.reporting, 0), coalesce(f.backlog_reporting, 0)),
        ('gross bookings', coalesce(l.gross, 0), coalesce(f.booked_value, 0) + coalesce(f.increase_value, 0)),
        ('billings', coalesce(l.billed, 0), coalesce(f.invoiced_value, 0) + coalesce(f.credited_value, 0))
    ) AS v (what, expected, found)
    WHERE (
        l.rows, coalesce(l.quantity, 0), coalesce(l.value, 0), coalesce(l.reporting, 0), coalesce(l.gross, 0),
        coalesce(l.billed, 0)
    ) IS DISTINCT FROM (
        f.row_count, coalesce(f.backlog_qty, 0), coalesce(f.backlog_value, 0), coalesce(f.backlog_reporting, 0),
        coalesce(f.booked_value, 0) + coalesce(f.increase_value, 0),
        coalesce(f.invoiced_value, 0) + coalesce(f.credited_value, 0)
    )
)
SELECT f.*, count(*) OVER () AS total, sum(abs(coalesce(f.found, 0) - coalesce(f.expected, 0))) OVER () AS difference
FROM found f
WHERE f.expected IS DISTINCT FROM f.found
ORDER BY f.row_id, f.what
LIMIT %(limit)s
