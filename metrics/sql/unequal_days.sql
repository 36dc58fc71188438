-- Days on which the flows do not say what the ledger says: rows that came in past the window, or flows that are
-- damaged. Reads everything; asked only when a run does not reconcile.
SELECT day
FROM
    (
        SELECT
            business_date AS day, count(*) AS rows, oms_sum(value_delta) AS value, oms_sum(quantity_delta) AS quantity,
            oms_sum(reporting_delta) AS reporting
        FROM orders_orderledger
        WHERE tenant_id = %(tenant)s
            AND recorded_at <= %(through)s
            AND verb = ANY(%(verbs)s)
            AND order_type = ANY(%(types)s)
        GROUP BY business_date
    ) l
FULL JOIN
    (
        SELECT
            day, sum(row_count) AS rows,
            sum(coalesce(backlog_value, 0) + coalesce(invoiced_value, 0) + coalesce(credited_value, 0)) AS value,
            sum(coalesce(backlog_qty, 0) + coalesce(invoiced_qty, 0) + coalesce(credited_qty, 0)) AS quantity,
            sum(coalesce(backlog_reporting, 0) + coalesce(invoiced_reporting, 0) + coalesce(credited_reporting, 0))
                AS reporting
        FROM metrics_dailyflow
        WHERE tenant_id = %(tenant)s
        GROUP BY day
    ) f USING (day)
WHERE (l.rows, l.value, l.quantity, coalesce(l.reporting, 0)) IS DISTINCT FROM (f.rows, f.value, f.quantity, f.reporting)
ORDER BY day
