-- What came in and what was sold, appended in the order of their days.
INSERT INTO channel_inventory_stockledger (
    id, tenant_id, partner_id, location_id, product_id, ownership, kind, quantity, business_date, event_date,
    recorded_at, pos_line_id, invoice_line_id, reason, source_key
)
SELECT id, %(tenant_id)s, partner_id, location_id, product_id, 'theirs', kind, quantity, day, day, recorded_at, sale_id,
       invoice_line_id, '', source_key
FROM (
    SELECT stock_row_id AS id, partner_id, location_id, product_id, 'sell_in' AS kind, quantity, invoice_date AS day,
           invoice_date + time '20:00' AS recorded_at, NULL::bigint AS sale_id, invoice_line_id,
           'invoice_line:' || invoice_line_id AS source_key
    FROM demo_layer
    UNION ALL
    SELECT nextval(pg_get_serial_sequence('channel_inventory_stockledger', 'id')), partner_id, location_id, product_id,
           'pos', -sold_quantity, resold_on, reported_on + time '17:05', sale_id, NULL, 'pos:' || sale_id || ':0'
    FROM demo_sale
) AS told
ORDER BY day, id
