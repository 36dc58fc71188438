-- One row an order to be: who, when, in which currency. Every choice is a hash of the order's number and the seed.
CREATE TEMPORARY TABLE demo_order ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('orders_order', 'id')) AS id, drawn.*
FROM (
SELECT
    n,
    s.id AS sell_to_id,
    s.currency,
    s.ship_to_id,
    d.order_date,
    1 + (hashint8extended(n, %(seed)s + 2) & 2147483647) %% 11 AS line_count,
    d.order_date + (21 + (hashint8extended(n, %(seed)s + 3) & 2147483647) %% 70)::int AS request_date,
    d.order_date + (20 + (hashint8extended(n, %(seed)s + 4) & 2147483647) %% 80)::int AS ship_date,
    CASE WHEN s.currency = t.currency THEN 1::numeric ELSE f.rate END AS rate
FROM generate_series(1, %(orders)s) AS n
CROSS JOIN tenancy_tenant t
CROSS JOIN LATERAL (
    SELECT %(today)s::date - ((%(orders)s - n) * %(days)s::bigint / %(orders)s)::int AS order_date
) d
JOIN demo_sell_to s ON s.position = (hashint8extended(n, %(seed)s + 1) & 2147483647) %% %(sell_tos)s
LEFT JOIN LATERAL (
    SELECT r.rate FROM pricing_fxrate r
    WHERE r.tenant_id = %(tenant_id)s AND r.from_currency = s.currency AND r.to_currency = t.currency
      AND r.date <= d.order_date
    ORDER BY r.date DESC LIMIT 1
) f ON true
WHERE t.id = %(tenant_id)s
ORDER BY n
) AS drawn
