-- Per currency: open backlog of the ledger up to a night against the positions of that night. The ledger is summed
-- row by row, splits included, so this is no echo of the flows.
SELECT
    currency,
    coalesce(l.quantity, 0) AS ledger_quantity,
    coalesce(p.quantity, 0) AS snapshot_quantity,
    coalesce(l.value, 0) AS ledger,
    coalesce(p.value, 0) AS snapshot,
    coalesce(l.reporting, 0) AS ledger_reporting,
    coalesce(p.reporting, 0) AS snapshot_reporting
FROM
    (
        SELECT
            currency, oms_sum(quantity_delta) AS quantity, oms_sum(value_delta) AS value,
            oms_sum(reporting_delta) AS reporting
        FROM orders_orderledger
        WHERE tenant_id = %(tenant)s
            AND business_date <= %(night)s
            AND recorded_at <= %(through)s
            AND verb = ANY(%(verbs)s)
            AND order_type = ANY(%(types)s)
        GROUP BY currency
    ) l
FULL JOIN
    (
        SELECT
            currency, oms_sum(quantity) AS quantity, oms_sum(value) AS value, oms_sum(reporting_value) AS reporting
        FROM metrics_backlogposition
        WHERE tenant_id = %(tenant)s AND valid_from <= %(night)s AND (valid_to IS NULL OR valid_to >= %(night)s)
        GROUP BY currency
    ) p USING (currency)
ORDER BY currency
