-- Ids of lines and schedules to be.
SELECT
    ARRAY(SELECT nextval(pg_get_serial_sequence('orders_orderline', 'id')) FROM generate_series(1, %(lines)s::bigint)),
    ARRAY(SELECT nextval(pg_get_serial_sequence('orders_schedule', 'id')) FROM generate_series(1, %(schedules)s::bigint))
