-- Make the flows of whole business days anew from the ledger and write only what differs from what is stored.
-- Reads the days through ledger_by_day and daily_flow_once, whatever the length of the history behind them.
-- The keys that changed go into the temporary table metrics_touched when `remember` is true, for the positions.
WITH fresh AS (
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
stored AS (
    SELECT f.id, f.day, f.sell_to_id, f.end_buyer_id, f.product_id, f.currency
    FROM metrics_dailyflow f
    WHERE f.tenant_id = %(tenant)s AND f.day = ANY(%(days)s::date[])
),
merged AS (
    MERGE INTO metrics_dailyflow f
    USING (
        SELECT
            stored.id AS stored_id, fresh.row_count IS NULL AS is_gone,
            day, sell_to_id, end_buyer_id, product_id, currency,
            fresh.booked_qty, fresh.booked_value, fresh.booked_reporting, fresh.increase_qty, fresh.increase_value,
            fresh.increase_reporting, fresh.decrease_qty, fresh.decrease_value, fresh.decrease_reporting,
            fresh.cancel_qty, fresh.cancel_value, fresh.cancel_reporting, fresh.price_value, fresh.price_reporting,
            fresh.transfer_qty, fresh.transfer_value, fresh.transfer_reporting, fresh.shipped_qty,
            fresh.shipped_value, fresh.shipped_reporting, fresh.unshipped_qty, fresh.unshipped_value,
            fresh.unshipped_reporting, fresh.invoiced_qty, fresh.invoiced_value, fresh.invoiced_reporting,
            fresh.credited_qty, fresh.credited_value, fresh.credited_reporting, fresh.backlog_qty,
            fresh.backlog_value, fresh.backlog_reporting, fresh.unrated_value, fresh.unrated_rows, fresh.row_count
        FROM fresh
        FULL JOIN stored USING (day, sell_to_id, end_buyer_id, product_id, currency)
    ) s
    ON f.tenant_id = %(tenant)s AND f.day = ANY(%(days)s::date[]) AND f.id = s.stored_id
    WHEN MATCHED AND s.is_gone THEN DELETE
    WHEN MATCHED AND (
        f.booked_qty, f.booked_value, f.booked_reporting, f.increase_qty, f.increase_value, f.increase_reporting,
        f.decrease_qty, f.decrease_value, f.decrease_reporting, f.cancel_qty, f.cancel_value, f.cancel_reporting,
        f.price_value, f.price_reporting, f.transfer_qty, f.transfer_value, f.transfer_reporting, f.shipped_qty,
        f.shipped_value, f.shipped_reporting, f.unshipped_qty, f.unshipped_value, f.unshipped_reporting,
        f.invoiced_qty, f.invoiced_value, f.invoiced_reporting, f.credited_qty, f.credited_value,
        f.credited_reporting, f.backlog_qty, f.backlog_value, f.backlog_reporting, f.unrated_value, f.unrated_rows,
        f.row_count
    ) IS DISTINCT FROM (
        s.booked_qty, s.booked_value, s.booked_reporting, s.increase_qty, s.increase_value, s.increase_reporting,
        s.decrease_qty, s.decrease_value, s.decrease_reporting, s.cancel_qty, s.cancel_value, s.cancel_reporting,
        s.price_value, s.price_reporting, s.transfer_qty, s.transfer_value, s.transfer_reporting, s.shipped_qty,
        s.shipped_value, s.shipped_reporting, s.unshipped_qty, s.unshipped_value, s.unshipped_reporting,
        s.invoiced_qty, s.invoiced_value, s.invoiced_reporting, s.credited_qty, s.credited_value,
        s.credited_reporting, s.backlog_qty, s.backlog_value, s.backlog_reporting, s.unrated_value, s.unrated_rows,
        s.row_count
    ) THEN UPDATE SET
        booked_qty = s.booked_qty, booked_value = s.booked_value, booked_reporting = s.booked_reporting,
        increase_qty = s.increase_qty, increase_value = s.increase_value, increase_reporting = s.increase_reporting,
        decrease_qty = s.decrease_qty, decrease_value = s.decrease_value, decrease_reporting = s.decrease_reporting,
        cancel_qty = s.cancel_qty, cancel_value = s.cancel_value, cancel_reporting = s.cancel_reporting,
        price_value = s.price_value, price_reporting = s.price_reporting, transfer_qty = s.transfer_qty,
        transfer_value = s.transfer_value, transfer_reporting = s.transfer_reporting, shipped_qty = s.shipped_qty,
        shipped_value = s.shipped_value, shipped_reporting = s.shipped_reporting, unshipped_qty = s.unshipped_qty,
        unshipped_value = s.unshipped_value, unshipped_reporting = s.unshipped_reporting,
        invoiced_qty = s.invoiced_qty, invoiced_value = s.invoiced_value, invoiced_reporting = s.invoiced_reporting,
        credited_qty = s.credited_qty, credited_value = s.credited_value, credited_reporting = s.credited_reporting,
        backlog_qty = s.backlog_qty, backlog_value = s.backlog_value, backlog_reporting = s.backlog_reporting,
        unrated_value = s.unrated_value, unrated_rows = s.unrated_rows, row_count = s.row_count
    WHEN NOT MATCHED THEN INSERT (
        tenant_id, day, sell_to_id, end_buyer_id, product_id, currency,
        booked_qty, booked_value, booked_reporting, increase_qty, increase_value, increase_reporting, decrease_qty,
        decrease_value, decrease_reporting, cancel_qty, cancel_value, cancel_reporting, price_value, price_reporting,
        transfer_qty, transfer_value, transfer_reporting, shipped_qty, shipped_value, shipped_reporting,
        unshipped_qty, unshipped_value, unshipped_reporting, invoiced_qty, invoiced_value, invoiced_reporting,
        credited_qty, credited_value, credited_reporting, backlog_qty, backlog_value, backlog_reporting,
        unrated_value, unrated_rows, row_count
    ) VALUES (
        %(tenant)s, s.day, s.sell_to_id, s.end_buyer_id, s.product_id, s.currency,
        s.booked_qty, s.booked_value, s.booked_reporting, s.increase_qty, s.increase_value, s.increase_reporting,
        s.decrease_qty, s.decrease_value, s.decrease_reporting, s.cancel_qty, s.cancel_value, s.cancel_reporting,
        s.price_value, s.price_reporting, s.transfer_qty, s.transfer_value, s.transfer_reporting, s.shipped_qty,
        s.shipped_value, s.shipped_reporting, s.unshipped_qty, s.unshipped_value, s.unshipped_reporting,
        s.invoiced_qty, s.invoiced_value, s.invoiced_reporting, s.credited_qty, s.credited_value,
        s.credited_reporting, s.backlog_qty, s.backlog_value, s.backlog_reporting, s.unrated_value, s.unrated_rows,
        s.row_count
    )
    RETURNING f.day, f.sell_to_id, f.end_buyer_id, f.product_id, f.currency
),
noted AS (
    INSERT INTO metrics_touched (first_day, sell_to_id, end_buyer_id, product_id, currency)
    SELECT min(day), sell_to_id, end_buyer_id, product_id, currency
    FROM merged
    WHERE %(remember)s
    GROUP BY 2, 3, 4, 5
)
SELECT
    (SELECT count(*) FROM merged) AS changed_flows,
    (SELECT coalesce(sum(row_count), 0) FROM fresh) AS ledger_rows,
    (SELECT count(*) FROM fresh) AS flow_rows
