-- Make the flows of whole business days anew from the ledger. Reads the days through ledger_by_day and the flows' own
-- key, whatever the length of the history behind them.
-- The keys that changed go into the temporary table metrics_touched, for the positions.
WITH fresh AS MATERIALIZED (
    SELECT
        l.business_date AS day, l.sell_to_id, coalesce(l.end_buyer_id, 0) AS end_buyer_id, l.product_id, l.currency,
        oms_sum(l.quantity_delta) FILTER (WHERE l.verb = 'booked') AS booked_qty,
        oms_sum(l.value_delta) FILTER (WHERE l.verb = 'booked') AS booked_value,
        oms_sum(l.reporting_delta) FILTER (WHERE l.verb = 'booked') AS booked_reporting,
        oms_sum(l.quantity_delta) FILTER (WHERE l.verb = 'qty_increased') AS increase_qty,
        oms_sum(l.value_delta) FILTER (WHERE l.verb = 'qty_increased') AS increase_value,
        oms_sum(l.reporting_delta) FILTER (WHERE l.verb = 'qty_increased') AS increase_reporting,
        oms_sum(l.quantity_delta) FILTER (WHERE l.verb = 'qty_decreased') AS decrease_qty,
        oms_sum(l.value_delta) FILTER (WHERE l.verb = 'qty_decreased') AS decrease_value,
        oms_sum(l.reporting_delta) FILTER (WHERE l.verb = 'qty_decreased') AS decrease_reporting,
        oms_sum(l.quantity_delta) FILTER (WHERE l.verb = 'cancelled') AS cancel_qty,
        oms_sum(l.value_delta) FILTER (WHERE l.verb = 'cancelled') AS cancel_value,
        oms_sum(l.reporting_delta) FILTER (WHERE l.verb = 'cancelled') AS cancel_reporting,
        oms_sum(l.value_delta) FILTER (WHERE l.verb = 'price_changed') AS price_value,
        oms_sum(l.reporting_delta) FILTER (WHERE l.verb = 'price_changed') AS price_reporting,
        oms_sum(l.quantity_delta) FILTER (WHERE l.verb = 'transferred') AS transfer_qty,
        oms_sum(l.value_delta) FILTER (WHERE l.verb = 'transferred') AS transfer_value,
        oms_sum(l.reporting_delta) FILTER (WHERE l.verb = 'transferred') AS transfer_reporting,
        oms_sum(l.quantity_delta) FILTER (WHERE l.verb = 'shipped') AS shipped_qty,
        oms_sum(l.value_delta) FILTER (WHERE l.verb = 'shipped') AS shipped_value,
        oms_sum(l.reporting_delta) FILTER (WHERE l.verb = 'shipped') AS shipped_reporting,
        oms_sum(l.quantity_delta) FILTER (WHERE l.verb = 'unshipped') AS unshipped_qty,
        oms_sum(l.value_delta) FILTER (WHERE l.verb = 'unshipped') AS unshipped_value,
        oms_sum(l.reporting_delta) FILTER (WHERE l.verb = 'unshipped') AS unshipped_reporting,
        oms_sum(l.quantity_delta) FILTER (WHERE l.verb = 'invoiced') AS invoiced_qty,
        oms_sum(l.value_delta) FILTER (WHERE l.verb = 'invoiced') AS invoiced_value,
        oms_sum(l.reporting_delta) FILTER (WHERE l.verb = 'invoiced') AS invoiced_reporting,
        oms_sum(l.quantity_delta) FILTER (WHERE l.verb = 'credited') AS credited_qty,
        oms_sum(l.value_delta) FILTER (WHERE l.verb = 'credited') AS credited_value,
        oms_sum(l.reporting_delta) FILTER (WHERE l.verb = 'credited') AS credited_reporting,
        oms_sum(l.quantity_delta) FILTER (WHERE l.verb NOT IN ('invoiced', 'credited')) AS backlog_qty,
        oms_sum(l.value_delta) FILTER (WHERE l.verb NOT IN ('invoiced', 'credited')) AS backlog_value,
        oms_sum(l.reporting_delta) FILTER (WHERE l.verb NOT IN ('invoiced', 'credited')) AS backlog_reporting,
        oms_sum(l.value_delta) FILTER (
            WHERE l.reporting_delta IS NULL AND l.verb NOT IN ('invoiced', 'credited')
        ) AS unrated_value,
        -- shipped, less what is invoiced; a quantity credit takes an invoice back for goods that have left. A price
        -- credit leaves them billed, a return brings them back: neither leaves anything to bill.
        -oms_sum(l.value_delta) FILTER (
            WHERE CASE
                WHEN l.verb = 'credited' THEN (
                    SELECT i.credit_kind
                    FROM orders_invoiceline n
                    JOIN orders_invoice i ON i.tenant_id = n.tenant_id AND i.id = n.invoice_id
                    WHERE n.tenant_id = %(tenant)s AND n.id = l.invoice_line_id
                ) = 'quantity'
                ELSE l.verb IN ('shipped', 'unshipped', 'invoiced')
            END
        ) AS unbilled_value,
        count(*) FILTER (WHERE l.reporting_delta IS NULL AND l.value_delta <> 0)::int AS unrated_rows,
        count(*)::int AS row_count
    FROM orders_orderledger l
    WHERE l.tenant_id = %(tenant)s
        AND l.business_date = ANY(%(days)s::date[])
        AND l.recorded_at <= %(through)s
        AND l.verb = ANY(%(verbs)s)
        AND l.order_type = ANY(%(types)s)
    GROUP BY 1, 2, 3, 4, 5
),
gone AS (
    DELETE FROM metrics_dailyflow f
    WHERE f.tenant_id = %(tenant)s AND f.day = ANY(%(days)s::date[])
    RETURNING
        f.day, f.sell_to_id, f.end_buyer_id, f.product_id, f.currency, f.booked_qty, f.booked_value,
        f.booked_reporting, f.increase_qty, f.increase_value, f.increase_reporting, f.decrease_qty, f.decrease_value,
        f.decrease_reporting, f.cancel_qty, f.cancel_value, f.cancel_reporting, f.price_value, f.price_reporting,
        f.transfer_qty, f.transfer_value, f.transfer_reporting, f.shipped_qty, f.shipped_value, f.shipped_reporting,
        f.unshipped_qty, f.unshipped_value, f.unshipped_reporting, f.invoiced_qty, f.invoiced_value,
        f.invoiced_reporting, f.credited_qty, f.credited_value, f.credited_reporting, f.backlog_qty, f.backlog_value,
        f.backlog_reporting, f.unrated_value, f.unbilled_value, f.unrated_rows, f.row_count
),
made AS (
    INSERT INTO metrics_dailyflow (
        tenant_id,
        day, sell_to_id, end_buyer_id, product_id, currency, booked_qty, booked_value, booked_reporting, increase_qty,
        increase_value, increase_reporting, decrease_qty, decrease_value, decrease_reporting, cancel_qty,
        cancel_value, cancel_reporting, price_value, price_reporting, transfer_qty, transfer_value,
        transfer_reporting, shipped_qty, shipped_value, shipped_reporting, unshipped_qty, unshipped_value,
        unshipped_reporting, invoiced_qty, invoiced_value, invoiced_reporting, credited_qty, credited_value,
        credited_reporting, backlog_qty, backlog_value, backlog_reporting, unrated_value,
        unbilled_value, unrated_rows, row_count
    )
    SELECT %(tenant)s, fresh.*
    FROM fresh
    -- the old rows of a day go before its new ones come, or the key would see both
    WHERE (SELECT count(*) FROM gone) >= 0
    ORDER BY day, sell_to_id, end_buyer_id, product_id, currency
),
noted AS (
    INSERT INTO metrics_touched (first_day, sell_to_id, end_buyer_id, product_id, currency)
    SELECT min(day), sell_to_id, end_buyer_id, product_id, currency
    FROM ((TABLE fresh EXCEPT TABLE gone) UNION ALL (TABLE gone EXCEPT TABLE fresh)) AS changed
    GROUP BY 2, 3, 4, 5
)
SELECT count(*) AS flow_rows, coalesce(sum(row_count), 0)::bigint AS ledger_rows
FROM fresh
