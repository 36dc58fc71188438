-- The story of every line as ledger rows, appended in the order of their days, as life would have done.
INSERT INTO orders_orderledger (
    tenant_id, order_id, line_id, schedule_id, verb, business_date, event_date, recorded_at, quantity_delta, value_delta,
    reporting_delta, open_qty, open_value, unit_price, currency, order_type, sell_to_id, end_buyer_id, product_id,
    from_date, to_date, days, initiator, reason_code, note, invoice_line_id
)
SELECT %(tenant_id)s, id, line_id, schedule_id, verb, day, day, day + time '20:00', quantity_delta, value_delta,
       reporting_delta, open_qty, open_value, unit_price, currency, 'standard', sell_to_id, end_buyer_id, product_id,
       from_date, to_date, to_date - from_date, initiator, reason_code, '', invoice_line_id
FROM (
    SELECT id, line_id, schedule_id, 'booked' AS verb, order_date AS day, 1 AS step, quantity AS quantity_delta,
           value AS value_delta, reporting AS reporting_delta, quantity AS open_qty, value AS open_value,
           price AS unit_price, currency, sell_to_id, end_buyer_id, product_id, NULL::date AS from_date,
           request_date AS to_date, 'customer' AS initiator, '' AS reason_code, NULL::bigint AS invoice_line_id
    FROM demo_line
    UNION ALL
    SELECT id, line_id, schedule_id, 'commit_set', commit_date, 2, 0, 0, 0, quantity, value, price, currency, sell_to_id,
           end_buyer_id, product_id, NULL, first_commit, 'us', '', NULL
    FROM demo_line WHERE is_committed
    UNION ALL
    SELECT id, line_id, schedule_id, change, change_date, 3, quantity_change, value_change, reporting_change,
           last_quantity, last_value, last_price, currency, sell_to_id, end_buyer_id, product_id, NULL, NULL, 'customer',
           CASE change WHEN 'cancelled' THEN 'project_moved' ELSE '' END, NULL
    FROM demo_line WHERE change IS NOT NULL
    UNION ALL
    SELECT id, line_id, schedule_id, 'commit_moved', slip_date, 4, 0, 0, 0,
           CASE WHEN change IS NOT NULL AND change_date <= slip_date THEN last_quantity ELSE quantity END,
           CASE WHEN change IS NOT NULL AND change_date <= slip_date THEN last_value ELSE value END,
           CASE WHEN change IS NOT NULL AND change_date <= slip_date THEN last_price ELSE price END,
           currency, sell_to_id, end_buyer_id, product_id, first_commit, second_commit,
           CASE WHEN dice %% 2 = 0 THEN 'supplier' ELSE 'us' END, 'capacity', NULL
    FROM demo_line WHERE has_slipped
    UNION ALL
    SELECT id, line_id, schedule_id, 'shipped', ship_date, 5, -last_quantity, -last_value, -last_reporting, 0, 0,
           last_price, currency, sell_to_id, end_buyer_id, product_id, NULL, ship_date, 'us', '', NULL
    FROM demo_line WHERE is_shipped
    UNION ALL
    SELECT id, line_id, schedule_id, 'invoiced', ship_date, 6, last_quantity, last_value, last_reporting, 0, 0,
           last_price, currency, sell_to_id, end_buyer_id, product_id, NULL, NULL, 'us', '', invoice_line_id
    FROM demo_line WHERE is_shipped
) told
ORDER BY day, line_id, step
