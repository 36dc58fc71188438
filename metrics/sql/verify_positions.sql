-- The snapshot's positions against those that the ledger rows it covers lead to, worked out from the rows themselves.
-- There is one way to write a key's history, so both must be the same rows from day to day.
-- Dates are compared as days since 2000-01-01, 0 where there is none.
-- Shipped, not billed: a quantity credit takes its invoice back; a price credit and a return leave nothing to bill.
WITH taken_back AS (
    SELECT n.id AS invoice_line_id, true AS is_taken_back
    FROM orders_invoice i
    JOIN orders_invoiceline n ON n.tenant_id = i.tenant_id AND n.invoice_id = i.id
    WHERE i.tenant_id = %(tenant)s AND i.kind = 'credit_memo' AND i.credit_kind = 'quantity'
),
days AS (
    SELECT
        sell_to_id, coalesce(end_buyer_id, 0) AS end_buyer_id, product_id, currency, business_date AS day,
        coalesce(oms_sum(quantity_delta) FILTER (WHERE verb NOT IN ('invoiced', 'credited')), 0) AS quantity,
        coalesce(oms_sum(value_delta) FILTER (WHERE verb NOT IN ('invoiced', 'credited')), 0) AS value,
        coalesce(oms_sum(reporting_delta) FILTER (WHERE verb NOT IN ('invoiced', 'credited')), 0) AS reporting,
        coalesce(
            oms_sum(value_delta) FILTER (WHERE reporting_delta IS NULL AND verb NOT IN ('invoiced', 'credited')), 0
        ) AS unrated,
        -coalesce(
            oms_sum(value_delta) FILTER (WHERE verb IN ('shipped', 'unshipped', 'invoiced') OR is_taken_back), 0
        ) AS unbilled
    FROM orders_orderledger
    LEFT JOIN taken_back ON taken_back.invoice_line_id = orders_orderledger.invoice_line_id
    WHERE %(use_snapshot)s
        AND tenant_id = %(tenant)s
        AND recorded_at <= %(after)s
        AND verb = ANY(%(flow_verbs)s)
        AND order_type = ANY(%(types)s)
    GROUP BY 1, 2, 3, 4, 5
),
running AS (
    SELECT
        sell_to_id, end_buyer_id, product_id, currency, day, lead(day) OVER by_day - 1 AS valid_to,
        oms_sum(quantity) OVER by_day AS quantity, oms_sum(value) OVER by_day AS value,
        oms_sum(reporting) OVER by_day AS reporting, oms_sum(unrated) OVER by_day AS unrated, oms_sum(unbilled) OVER by_day AS unbilled
    FROM days
    WHERE (quantity, value, reporting, unrated, unbilled) <> (0, 0, 0, 0, 0)
    WINDOW by_day AS (PARTITION BY sell_to_id, end_buyer_id, product_id, currency ORDER BY day)
),
ledger AS (
    SELECT * FROM running WHERE (quantity, value, reporting, unrated, unbilled) <> (0, 0, 0, 0, 0)
),
positions AS (
    SELECT
        sell_to_id, end_buyer_id, product_id, currency, valid_from AS day, valid_to, quantity, value, reporting_value,
        unrated_value, unbilled_value
    FROM metrics_backlogposition
    WHERE %(use_snapshot)s AND tenant_id = %(tenant)s
),
found AS (
    SELECT
        'metrics_backlogposition' AS table_name, NULL::bigint AS row_id,
        day || ', sell-to ' || sell_to_id || ', end buyer ' || end_buyer_id || ', product ' || product_id || ', '
            || currency AS name,
        v.what, v.expected, v.found
    FROM ledger l
    FULL JOIN positions p USING (sell_to_id, end_buyer_id, product_id, currency, day)
    CROSS JOIN LATERAL (
        VALUES
        ('quantity', coalesce(l.quantity, 0), coalesce(p.quantity, 0)),
        ('value', coalesce(l.value, 0), coalesce(p.value, 0)),
        ('value in the reporting currency', coalesce(l.reporting, 0), coalesce(p.reporting_value, 0)),
        ('value without a rate', coalesce(l.unrated, 0), coalesce(p.unrated_value, 0)),
        ('shipped, not billed', coalesce(l.unbilled, 0), coalesce(p.unbilled_value, 0)),
        (
            'last day',
            coalesce(l.valid_to - date '2000-01-01', 0), coalesce(p.valid_to - date '2000-01-01', 0)
        )
    ) AS v (what, expected, found)
    WHERE (l.quantity, l.value, l.reporting, l.unrated, l.unbilled, l.valid_to) IS DISTINCT FROM
        (p.quantity, p.value, p.reporting_value, p.unrated_value, p.unbilled_value, p.valid_to)
)
SELECT f.*, count(*) OVER () AS total, sum(abs(coalesce(f.found, 0) - coalesce(f.expected, 0))) OVER () AS difference
FROM found f
WHERE f.expected IS DISTINCT FROM f.found
ORDER BY f.row_id, f.what
LIMIT %(limit)s
