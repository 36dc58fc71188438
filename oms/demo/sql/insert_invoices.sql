-- One shipment and one invoice for each day on which an order shipped; the table of their ids lives to the end of the
-- transaction.
CREATE TEMPORARY TABLE demo_invoice ON COMMIT DROP AS
SELECT id AS order_id, nextval(pg_get_serial_sequence('orders_invoice', 'id')) AS invoice_id,
       nextval(pg_get_serial_sequence('fulfilment_shipment', 'id')) AS shipment_id,
       min(sell_to_id) AS sell_to_id, min(currency) AS currency, ship_date, min(rate) AS rate,
       sum(last_value)::bigint AS total, row_number() OVER (ORDER BY ship_date, id) AS number
FROM demo_line WHERE is_shipped GROUP BY id, ship_date
