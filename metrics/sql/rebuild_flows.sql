-- All flows of the days from `first` to `last`, which have none any more: the sums of make_flows, written as they come.
-- Reads the days through ledger_by_day, in their order; sorted within a day, the rows come in the order of the flows'
-- own key (see metrics.statements.sorted_groups).
WITH made AS (
    INSERT INTO metrics_dailyflow (
        tenant_id,
        day, sell_to_id, end_buyer_id, product_id, currency, booked_qty, booked_value, booked_reporting, increase_qty,
        increase_value, increase_reporting, decrease_qty, decrease_value, decrease_reporting, cancel_qty,
        cancel_value, cancel_reporting, price_value, price_reporting, transfer_qty, transfer_value,
        transfer_reporting, shipped_qty, shipped_value, shipped_reporting, unshipped_qty, unshipped_value,
        unshipped_reporting, invoiced_qty, invoiced_value, invoiced_reporting, credited_qty, credited_value,
        credited_reporting, backlog_qty, backlog_value, backlog_reporting, unrated_value, unbilled_value, unrated_rows,
        row_count
    )
    SELECT
        %(tenant)s, l.business_date, l.sell_to_id, coalesce(l.end_buyer_id, 0) AS end_buyer_id, l.product_id, l.currency,
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
        -- as in make_flows; the bill is looked up for credits alone
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
        AND l.business_date BETWEEN %(first)s AND %(last)s
        AND l.recorded_at <= %(through)s
        AND l.verb = ANY(%(verbs)s)
        AND l.order_type = ANY(%(types)s)
    GROUP BY 2, 3, 4, 5, 6
    RETURNING row_count
)
SELECT count(*) AS flow_rows, coalesce(sum(row_count), 0)::bigint AS ledger_rows
FROM made
