-- One report for each partner and month in which it sold anything.
CREATE TEMPORARY TABLE demo_report ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('exchange_importbatch', 'id')) AS batch_id, partner_id, reported_on, lines
FROM (
    SELECT partner_id, reported_on, sum(CASE WHEN second_quantity > 0 THEN 2 ELSE 1 END)::integer AS lines
    FROM demo_layer
    WHERE is_sold
    GROUP BY partner_id, reported_on
    ORDER BY reported_on, partner_id
) AS told
