-- One row an order to be: who, when, in which currency. Every choice is a hash of the order's number and the seed; a
-- power of an even draw makes a few distributors, and a few of their customers, the big ones. An order is for one or two
-- end buyers of its distributor.
CREATE TEMPORARY TABLE demo_order ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('orders_order', 'id')) AS id, drawn.*
FROM (
SELECT
    n,
    s.id AS sell_to_id,
    s.currency,
    s.ship_to_id,
    1 + s.position %% 5 AS dock_day,
    s.position AS sell_to,
    floor(power((hashint8extended(n, %(seed)s + 5) & 2147483647) / 2147483648e0, 4) * a.accounts)::bigint
        AS first_account,
    floor(power((hashint8extended(n, %(seed)s + 6) & 2147483647) / 2147483648e0, 4) * a.accounts)::bigint
        AS second_account,
    d.order_date,
    1 + (hashint8extended(n, %(seed)s + 2) & 2147483647) %% 11 AS line_count,
    -- every distributor asks for its own day of the week, on which it takes goods in
    r.request_date + ((8 + s.position %% 5 - extract(isodow FROM r.request_date)::int) %% 7)::int AS request_date,
    (hashint8extended(n, %(seed)s + 4) & 2147483647) %% 1000 AS ready_dice,
    CASE WHEN s.currency = t.currency THEN 1::numeric ELSE f.rate END AS rate
FROM generate_series(1, %(orders)s) AS n
CROSS JOIN tenancy_tenant t
CROSS JOIN LATERAL (
    SELECT %(today)s::date - ((%(orders)s - n) * %(days)s::bigint / %(orders)s)::int AS order_date
) d
CROSS JOIN LATERAL (
    SELECT d.order_date + (21 + (hashint8extended(n, %(seed)s + 3) & 2147483647) %% 42)::int AS request_date
) r
JOIN demo_sell_to s
  ON s.position
   = floor(power((hashint8extended(n, %(seed)s + 1) & 2147483647) / 2147483648e0, 3) * %(sell_tos)s)::bigint
JOIN demo_account a ON a.sell_to_id = s.id AND a.position = 0
LEFT JOIN LATERAL (
    SELECT r.rate FROM pricing_fxrate r
    WHERE r.tenant_id = %(tenant_id)s AND r.from_currency = s.currency AND r.to_currency = t.currency
      AND r.date <= d.order_date
    ORDER BY r.date DESC LIMIT 1
) f ON true
WHERE t.id = %(tenant_id)s
ORDER BY n
) AS drawn
