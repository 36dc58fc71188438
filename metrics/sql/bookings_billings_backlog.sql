-- Bookings, billings and backlog of the days from `first` to `as_of` by sell-to × end buyer × product × currency,
-- parties that were merged under the survivor, the `top` keys of each currency apart and the rest summed.
-- Two sources, one answer: from the snapshot (`use_snapshot`, plus the ledger rows recorded after it), or from the
-- ledger alone (`after` is then minus infinity). Opening and closing come from positions, not from each other.
WITH RECURSIVE survivors AS (
    SELECT id AS lost_id, merged_into_id AS id
    FROM parties_party
    WHERE tenant_id = %(tenant)s AND merged_into_id IS NOT NULL
    UNION
    SELECT s.lost_id, p.merged_into_id
    FROM survivors s
    JOIN parties_party p ON p.id = s.id AND p.tenant_id = %(tenant)s
    WHERE p.merged_into_id IS NOT NULL
),
final AS (
    SELECT s.lost_id, s.id
    FROM survivors s
    JOIN parties_party p ON p.id = s.id AND p.tenant_id = %(tenant)s AND p.merged_into_id IS NULL
),
-- the lines of quantity credits: what they invoiced before has left and is not billed any more
taken_back AS (
    SELECT n.id AS invoice_line_id, true AS is_taken_back
    FROM orders_invoice i
    JOIN orders_invoiceline n ON n.tenant_id = i.tenant_id AND n.invoice_id = i.id
    WHERE i.tenant_id = %(tenant)s AND i.kind = 'credit_memo' AND i.credit_kind = 'quantity'
),
facts AS (
    SELECT
        p.sell_to_id, p.end_buyer_id, p.product_id, p.currency,
        p.quantity AS open_qty, p.value AS open_value, p.reporting_value AS open_reporting,
        p.unrated_value AS open_unrated, p.unbilled_value AS open_unbilled,
        NULL::bigint AS close_qty, NULL::bigint AS close_value, NULL::bigint AS close_reporting,
        NULL::bigint AS close_unrated, NULL::bigint AS close_unbilled,
        NULL::bigint AS booked_value, NULL::bigint AS booked_reporting, NULL::bigint AS increase_value,
        NULL::bigint AS increase_reporting, NULL::bigint AS decrease_value, NULL::bigint AS decrease_reporting,
        NULL::bigint AS cancel_value, NULL::bigint AS cancel_reporting, NULL::bigint AS price_value,
        NULL::bigint AS price_reporting, NULL::bigint AS transfer_value, NULL::bigint AS transfer_reporting,
        NULL::bigint AS shipped_value, NULL::bigint AS shipped_reporting, NULL::bigint AS unshipped_value,
        NULL::bigint AS unshipped_reporting, NULL::bigint AS invoiced_value, NULL::bigint AS invoiced_reporting,
        NULL::bigint AS credited_value, NULL::bigint AS credited_reporting,
        0 AS unrated_rows, 0 AS row_count
    -- what is still so and what ended later, apart: each is a range of position_by_end
    FROM (
        SELECT
            sell_to_id, end_buyer_id, product_id, currency, valid_from, quantity, value, reporting_value, unrated_value,
            unbilled_value
        FROM metrics_backlogposition
        WHERE tenant_id = %(tenant)s AND valid_to IS NULL
        UNION ALL
        SELECT
            sell_to_id, end_buyer_id, product_id, currency, valid_from, quantity, value, reporting_value, unrated_value,
            unbilled_value
        FROM metrics_backlogposition
        WHERE tenant_id = %(tenant)s AND valid_to >= %(first)s::date - 1
    ) p
    WHERE %(use_snapshot)s
        AND p.valid_from < %(first)s
        AND (%(sell_tos)s::bigint[] IS NULL OR p.sell_to_id = ANY(%(sell_tos)s::bigint[]))
        AND (%(end_buyers)s::bigint[] IS NULL OR p.end_buyer_id = ANY(%(end_buyers)s::bigint[]))
        AND (%(products)s::bigint[] IS NULL OR p.product_id = ANY(%(products)s::bigint[]))
    UNION ALL
    SELECT
        p.sell_to_id, p.end_buyer_id, p.product_id, p.currency,
        NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint,
        p.quantity, p.value, p.reporting_value, p.unrated_value, p.unbilled_value,
        NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint,
        NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint,
        NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint,
        0, 0
    FROM (
        SELECT
            sell_to_id, end_buyer_id, product_id, currency, valid_from, quantity, value, reporting_value, unrated_value,
            unbilled_value
        FROM metrics_backlogposition
        WHERE tenant_id = %(tenant)s AND valid_to IS NULL
        UNION ALL
        SELECT
            sell_to_id, end_buyer_id, product_id, currency, valid_from, quantity, value, reporting_value, unrated_value,
            unbilled_value
        FROM metrics_backlogposition
        WHERE tenant_id = %(tenant)s AND valid_to >= %(as_of)s
    ) p
    WHERE %(use_snapshot)s
        AND p.valid_from <= %(as_of)s
        AND (%(sell_tos)s::bigint[] IS NULL OR p.sell_to_id = ANY(%(sell_tos)s::bigint[]))
        AND (%(end_buyers)s::bigint[] IS NULL OR p.end_buyer_id = ANY(%(end_buyers)s::bigint[]))
        AND (%(products)s::bigint[] IS NULL OR p.product_id = ANY(%(products)s::bigint[]))
    UNION ALL
    SELECT
        f.sell_to_id, f.end_buyer_id, f.product_id, f.currency,
        NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint,
        NULL::bigint, NULL::bigint, NULL::bigint,
        f.booked_value, f.booked_reporting, f.increase_value, f.increase_reporting, f.decrease_value,
        f.decrease_reporting, f.cancel_value, f.cancel_reporting, f.price_value, f.price_reporting, f.transfer_value,
        f.transfer_reporting, f.shipped_value, f.shipped_reporting, f.unshipped_value, f.unshipped_reporting,
        f.invoiced_value, f.invoiced_reporting, f.credited_value, f.credited_reporting,
        f.unrated_rows, f.row_count
    FROM metrics_dailyflow f
    WHERE %(use_snapshot)s AND f.tenant_id = %(tenant)s AND f.day BETWEEN %(first)s AND %(as_of)s
        AND (%(sell_tos)s::bigint[] IS NULL OR f.sell_to_id = ANY(%(sell_tos)s::bigint[]))
        AND (%(end_buyers)s::bigint[] IS NULL OR f.end_buyer_id = ANY(%(end_buyers)s::bigint[]))
        AND (%(products)s::bigint[] IS NULL OR f.product_id = ANY(%(products)s::bigint[]))
    UNION ALL
    SELECT
        l.sell_to_id, coalesce(l.end_buyer_id, 0), l.product_id, l.currency,
        oms_sum(l.quantity_delta) FILTER (WHERE l.verb = ANY(%(backlog_verbs)s) AND l.business_date < %(first)s),
        oms_sum(l.value_delta) FILTER (WHERE l.verb = ANY(%(backlog_verbs)s) AND l.business_date < %(first)s),
        oms_sum(l.reporting_delta) FILTER (WHERE l.verb = ANY(%(backlog_verbs)s) AND l.business_date < %(first)s),
        oms_sum(l.value_delta) FILTER (WHERE l.verb = ANY(%(backlog_verbs)s) AND l.reporting_delta IS NULL AND l.business_date < %(first)s),
        -oms_sum(l.value_delta) FILTER (WHERE (l.verb IN ('shipped', 'unshipped', 'invoiced') OR b.is_taken_back) AND l.business_date < %(first)s),
        oms_sum(l.quantity_delta) FILTER (WHERE l.verb = ANY(%(backlog_verbs)s)),
        oms_sum(l.value_delta) FILTER (WHERE l.verb = ANY(%(backlog_verbs)s)),
        oms_sum(l.reporting_delta) FILTER (WHERE l.verb = ANY(%(backlog_verbs)s)),
        oms_sum(l.value_delta) FILTER (WHERE l.verb = ANY(%(backlog_verbs)s) AND l.reporting_delta IS NULL),
        -oms_sum(l.value_delta) FILTER (WHERE l.verb IN ('shipped', 'unshipped', 'invoiced') OR b.is_taken_back),
        oms_sum(l.value_delta) FILTER (WHERE l.verb = 'booked' AND l.business_date >= %(first)s),
        oms_sum(l.reporting_delta) FILTER (WHERE l.verb = 'booked' AND l.business_date >= %(first)s),
        oms_sum(l.value_delta) FILTER (WHERE l.verb = 'qty_increased' AND l.business_date >= %(first)s),
        oms_sum(l.reporting_delta) FILTER (WHERE l.verb = 'qty_increased' AND l.business_date >= %(first)s),
        oms_sum(l.value_delta) FILTER (WHERE l.verb = 'qty_decreased' AND l.business_date >= %(first)s),
        oms_sum(l.reporting_delta) FILTER (WHERE l.verb = 'qty_decreased' AND l.business_date >= %(first)s),
        oms_sum(l.value_delta) FILTER (WHERE l.verb = 'cancelled' AND l.business_date >= %(first)s),
        oms_sum(l.reporting_delta) FILTER (WHERE l.verb = 'cancelled' AND l.business_date >= %(first)s),
        oms_sum(l.value_delta) FILTER (WHERE l.verb = 'price_changed' AND l.business_date >= %(first)s),
        oms_sum(l.reporting_delta) FILTER (WHERE l.verb = 'price_changed' AND l.business_date >= %(first)s),
        oms_sum(l.value_delta) FILTER (WHERE l.verb = 'transferred' AND l.business_date >= %(first)s),
        oms_sum(l.reporting_delta) FILTER (WHERE l.verb = 'transferred' AND l.business_date >= %(first)s),
        oms_sum(l.value_delta) FILTER (WHERE l.verb = 'shipped' AND l.business_date >= %(first)s),
        oms_sum(l.reporting_delta) FILTER (WHERE l.verb = 'shipped' AND l.business_date >= %(first)s),
        oms_sum(l.value_delta) FILTER (WHERE l.verb = 'unshipped' AND l.business_date >= %(first)s),
        oms_sum(l.reporting_delta) FILTER (WHERE l.verb = 'unshipped' AND l.business_date >= %(first)s),
        oms_sum(l.value_delta) FILTER (WHERE l.verb = 'invoiced' AND l.business_date >= %(first)s),
        oms_sum(l.reporting_delta) FILTER (WHERE l.verb = 'invoiced' AND l.business_date >= %(first)s),
        oms_sum(l.value_delta) FILTER (WHERE l.verb = 'credited' AND l.business_date >= %(first)s),
        oms_sum(l.reporting_delta) FILTER (WHERE l.verb = 'credited' AND l.business_date >= %(first)s),
        count(*) FILTER (
            WHERE l.reporting_delta IS NULL AND l.value_delta <> 0 AND l.verb <> 'split' AND l.business_date >= %(first)s
        ),
        count(*) FILTER (WHERE l.verb <> 'split' AND l.business_date >= %(first)s)
    FROM orders_orderledger l
    LEFT JOIN taken_back b ON b.invoice_line_id = l.invoice_line_id
    WHERE l.tenant_id = %(tenant)s
        AND l.business_date <= %(as_of)s
        AND l.recorded_at > %(after)s
        AND l.order_type = ANY(%(types)s)
        AND l.verb = ANY(%(verbs)s)
        AND (%(sell_tos)s::bigint[] IS NULL OR l.sell_to_id = ANY(%(sell_tos)s::bigint[]))
        AND (%(end_buyers)s::bigint[] IS NULL OR coalesce(l.end_buyer_id, 0) = ANY(%(end_buyers)s::bigint[]))
        AND (%(products)s::bigint[] IS NULL OR l.product_id = ANY(%(products)s::bigint[]))
    GROUP BY 1, 2, 3, 4
),
by_key AS (
    SELECT
        coalesce(s.id, facts.sell_to_id) AS sell_to_id,
        coalesce(e.id, facts.end_buyer_id) AS end_buyer_id,
        facts.product_id,
        facts.currency,
        coalesce(sum(open_qty), 0)::bigint AS open_qty, coalesce(sum(open_value), 0)::bigint AS open_value,
        coalesce(sum(open_reporting), 0)::bigint AS open_reporting,
        coalesce(sum(open_unrated), 0)::bigint AS open_unrated,
        coalesce(sum(open_unbilled), 0)::bigint AS open_unbilled, coalesce(sum(close_qty), 0)::bigint AS close_qty,
        coalesce(sum(close_value), 0)::bigint AS close_value,
        coalesce(sum(close_reporting), 0)::bigint AS close_reporting,
        coalesce(sum(close_unrated), 0)::bigint AS close_unrated,
        coalesce(sum(close_unbilled), 0)::bigint AS close_unbilled,
        coalesce(sum(booked_value), 0)::bigint AS booked_value,
        coalesce(sum(booked_reporting), 0)::bigint AS booked_reporting,
        coalesce(sum(increase_value), 0)::bigint AS increase_value,
        coalesce(sum(increase_reporting), 0)::bigint AS increase_reporting,
        coalesce(sum(decrease_value), 0)::bigint AS decrease_value,
        coalesce(sum(decrease_reporting), 0)::bigint AS decrease_reporting,
        coalesce(sum(cancel_value), 0)::bigint AS cancel_value,
        coalesce(sum(cancel_reporting), 0)::bigint AS cancel_reporting,
        coalesce(sum(price_value), 0)::bigint AS price_value,
        coalesce(sum(price_reporting), 0)::bigint AS price_reporting,
        coalesce(sum(transfer_value), 0)::bigint AS transfer_value,
        coalesce(sum(transfer_reporting), 0)::bigint AS transfer_reporting,
        coalesce(sum(shipped_value), 0)::bigint AS shipped_value,
        coalesce(sum(shipped_reporting), 0)::bigint AS shipped_reporting,
        coalesce(sum(unshipped_value), 0)::bigint AS unshipped_value,
        coalesce(sum(unshipped_reporting), 0)::bigint AS unshipped_reporting,
        coalesce(sum(invoiced_value), 0)::bigint AS invoiced_value,
        coalesce(sum(invoiced_reporting), 0)::bigint AS invoiced_reporting,
        coalesce(sum(credited_value), 0)::bigint AS credited_value,
        coalesce(sum(credited_reporting), 0)::bigint AS credited_reporting,
        coalesce(sum(unrated_rows), 0)::bigint AS unrated_rows, coalesce(sum(row_count), 0)::bigint AS row_count
    FROM facts
    LEFT JOIN final s ON s.lost_id = facts.sell_to_id
    LEFT JOIN final e ON e.lost_id = facts.end_buyer_id
    GROUP BY 1, 2, 3, 4
),
ranked AS (
    SELECT
        by_key.*,
        row_number() OVER (
            PARTITION BY currency
            ORDER BY
                greatest(
                    abs(close_value), abs(booked_value + increase_value + decrease_value + cancel_value + price_value),
                    abs(invoiced_value + credited_value)
                ) DESC,
                sell_to_id, end_buyer_id, product_id
        ) AS place
    FROM by_key
    WHERE row_count > 0
        OR (open_qty, open_value, open_unbilled, close_qty, close_value, close_unbilled) <> (0, 0, 0, 0, 0, 0)
),
chosen AS (
    SELECT ranked.*, CASE WHEN %(top)s::int IS NULL OR place <= %(top)s::int THEN place END AS shown FROM ranked
)
SELECT
    currency, shown,
    CASE WHEN shown IS NOT NULL THEN min(sell_to_id) END AS sell_to_id,
    CASE WHEN shown IS NOT NULL THEN min(end_buyer_id) END AS end_buyer_id,
    CASE WHEN shown IS NOT NULL THEN min(product_id) END AS product_id,
    count(*) AS keys,
    sum(open_qty)::bigint AS open_qty, sum(open_value)::bigint AS open_value,
    sum(open_reporting)::bigint AS open_reporting, sum(open_unrated)::bigint AS open_unrated,
    sum(open_unbilled)::bigint AS open_unbilled, sum(close_qty)::bigint AS close_qty,
    sum(close_value)::bigint AS close_value, sum(close_reporting)::bigint AS close_reporting,
    sum(close_unrated)::bigint AS close_unrated, sum(close_unbilled)::bigint AS close_unbilled,
    sum(booked_value)::bigint AS booked_value, sum(booked_reporting)::bigint AS booked_reporting,
    sum(increase_value)::bigint AS increase_value, sum(increase_reporting)::bigint AS increase_reporting,
    sum(decrease_value)::bigint AS decrease_value, sum(decrease_reporting)::bigint AS decrease_reporting,
    sum(cancel_value)::bigint AS cancel_value, sum(cancel_reporting)::bigint AS cancel_reporting,
    sum(price_value)::bigint AS price_value, sum(price_reporting)::bigint AS price_reporting,
    sum(transfer_value)::bigint AS transfer_value, sum(transfer_reporting)::bigint AS transfer_reporting,
    sum(shipped_value)::bigint AS shipped_value, sum(shipped_reporting)::bigint AS shipped_reporting,
    sum(unshipped_value)::bigint AS unshipped_value, sum(unshipped_reporting)::bigint AS unshipped_reporting,
    sum(invoiced_value)::bigint AS invoiced_value, sum(invoiced_reporting)::bigint AS invoiced_reporting,
    sum(credited_value)::bigint AS credited_value, sum(credited_reporting)::bigint AS credited_reporting,
    sum(unrated_rows)::bigint AS unrated_rows, sum(row_count)::bigint AS row_count
FROM chosen
GROUP BY currency, shown
ORDER BY currency, shown NULLS LAST
