-- One stock report of each partner, of the day before the story ends.
CREATE TEMPORARY TABLE demo_stock_report ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('exchange_importbatch', 'id')) AS batch_id, partner_id, min(location_id) AS location_id,
       count(*)::integer AS lines
FROM (
    SELECT partner_id, product_id, min(location_id) AS location_id
    FROM demo_layer
    GROUP BY partner_id, product_id
) AS held
GROUP BY partner_id
