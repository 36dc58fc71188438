CREATE TEMPORARY TABLE demo_claimed ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('channel_inventory_claimline', 'id')) AS claim_line_id, told.*
FROM (SELECT * FROM demo_sale WHERE amount > 0 ORDER BY sale_id) AS told
