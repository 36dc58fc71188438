-- The number and the id of an order to be.
SELECT oms_next_number('order'), nextval(pg_get_serial_sequence('orders_order', 'id'))
