-- One row a line to be, with the whole story of its one schedule: what was booked, what changed, whether it shipped.
-- Amounts follow the rules of the engine: a part takes round(value × part ÷ quantity), the last one takes the rest.
-- An end buyer buys the products of its designs, those of its agreements and five more, the first ones most. A product
-- is ordered for up to four weekly deliveries, a line each; what the customer changes is changed on all of them.
-- Nine promises in ten are for the day that was asked for, and most are kept: an order leaves on its day, or up to two
-- business days earlier. Some distributors are served worse than others, and so are the products that another site makes.
CREATE TEMPORARY TABLE demo_line ON COMMIT DROP AS
WITH drawn AS (
    SELECT o.id, o.n, o.sell_to_id, o.currency, o.ship_to_id, o.dock_day, o.order_date, o.rate, o.sell_to, o.ready_dice,
           o.request_date + ((k - 1) %% 4 * 7)::int AS request_date,
           k AS line_no,
           b.end_buyer_id, b.end_buyer,
           floor(power((hashint8extended(o.n * 16 + (k + 3) / 4, %(seed)s + 10) & 2147483647) / 2147483648e0, 4)
                 * %(designs)s)::bigint AS design,
           (hashint8extended(o.n * 16 + (k + 3) / 4, %(seed)s + 14) & 2147483647) AS change_dice,
           (hashint8extended(o.n * 16 + k, %(seed)s + 12) & 2147483647) AS dice,
           1 + (hashint8extended(o.n * 16 + k, %(seed)s + 13) & 2147483647) %% 20 AS packages
    FROM demo_order o
    CROSS JOIN LATERAL generate_series(1, o.line_count) AS k
    JOIN demo_account b
      ON b.sell_to_id = o.sell_to_id
     AND b.position = CASE WHEN (k - 1) * 3 < o.line_count * 2 THEN o.first_account ELSE o.second_account END
), priced AS (
    -- an agreement that nobody's cap limits, as the resolver finds it; ship and debit charges the list price
    SELECT d.*, p.id AS product_id, p.multiple_qty, p.multiple_qty * packages AS quantity,
           p.price AS book_price, a.id AS agreement_line_id,
           CASE WHEN a.mechanism = 'direct' THEN a.prices[width_bucket(p.multiple_qty * packages, a.min_qtys)]
                ELSE p.price END AS price,
           CASE WHEN a.mechanism = 'ship_and_debit'
                THEN a.prices[width_bucket(p.multiple_qty * packages, a.min_qtys)] END AS agreed_cost,
           CASE WHEN p.position %% 5 = 3 THEN %(second_site)s ELSE %(site)s END AS ship_from_id,
           -- per mille of the orders that leave late: a third of the distributors and the second site do worse
           CASE WHEN sell_to %% 3 = 2 THEN 130 ELSE 70 END + CASE WHEN p.position %% 5 = 3 THEN 70 ELSE 0 END AS late
    FROM drawn d
    JOIN demo_product p ON p.position = ((d.end_buyer + 1) * 7 + d.design) %% %(products)s AND p.currency = d.currency
    LEFT JOIN pricing_agreementline a
      ON a.tenant_id = %(tenant_id)s AND a.end_buyer_id = d.end_buyer_id AND a.product_id = p.id
     AND a.currency = d.currency AND a.sell_to_id IS NULL AND a.project = '' AND a.is_in_force AND a.cap_qty IS NULL
     AND d.order_date BETWEEN a.valid_from AND a.valid_to
), valued AS (
    SELECT d.*,
           round(quantity * price * 100)::bigint AS value,
           change_dice %% 100 AS fate,
           order_date + (1 + dice %% 4)::int AS commit_date,
           request_date + CASE WHEN change_dice / 100 %% 10 = 0 THEN 7 ELSE 0 END AS first_commit,
           order_date + (8 + change_dice %% 9)::int AS change_date,
           order_date + (12 + dice %% 7)::int AS slip_date
    FROM priced d
), dated AS (
    SELECT v.*,
           round(value * rate)::bigint AS reporting,
           commit_date <= %(today)s::date AS is_committed,
           change_dice / 1000 %% 8 = 0 AND slip_date <= %(today)s::date AS is_slipped,
           change_date <= %(today)s::date AND fate < 20 AS is_changed
    FROM valued v
), changed AS (
    -- fates: 0-3 cancelled, 4-11 decreased to about half, 12-15 re-priced, 16-19 increased by one package
    SELECT d.*,
           CASE WHEN is_changed AND fate < 4 THEN 'cancelled' WHEN is_changed AND fate < 12 AND quantity > multiple_qty
                THEN 'qty_decreased' WHEN is_changed AND fate BETWEEN 12 AND 15 THEN 'price_changed'
                WHEN is_changed AND fate > 15 THEN 'qty_increased' END AS change,
           first_commit + CASE WHEN change_dice / 10000 %% 3 = 0 THEN 14 ELSE 7 END AS second_commit,
           CASE WHEN is_changed AND fate BETWEEN 12 AND 15 THEN round(price * 0.97, 6) ELSE price END AS last_price,
           CASE WHEN is_changed AND fate < 4 THEN -quantity
                WHEN is_changed AND fate < 12 AND quantity > multiple_qty
                     THEN -multiple_qty * (1 + (quantity / multiple_qty - 1) / 2)
                WHEN is_changed AND fate > 15 THEN multiple_qty ELSE 0 END AS quantity_change
    FROM dated d
), deltas AS (
    SELECT c.*,
           CASE change
               WHEN 'cancelled' THEN -value
               WHEN 'qty_decreased' THEN -round(value * -quantity_change / quantity::numeric)::bigint
               WHEN 'price_changed' THEN round(quantity * last_price * 100)::bigint - value
               WHEN 'qty_increased' THEN round((quantity + quantity_change) * price * 100)::bigint - value
               ELSE 0
           END AS value_change,
           CASE change
               WHEN 'cancelled' THEN -reporting
               WHEN 'qty_decreased' THEN -round(reporting * -quantity_change / quantity::numeric)::bigint
               WHEN 'price_changed' THEN round(round(quantity * last_price * 100) * rate)::bigint - reporting
               WHEN 'qty_increased'
                   THEN round((round((quantity + quantity_change) * price * 100) - value) * rate)::bigint
               ELSE 0
           END AS reporting_change
    FROM changed c
),
-- the promise that stands, and how far from it the goods leave
promised AS (
    SELECT d.*,
           is_slipped AND is_committed AND change IS DISTINCT FROM 'cancelled' AS has_slipped,
           CASE WHEN is_slipped AND is_committed AND change IS DISTINCT FROM 'cancelled' THEN second_commit
                ELSE first_commit END AS promise
    FROM deltas d
), shipped AS (
    SELECT p.*,
           promise + CASE
               WHEN ready_dice < 15 AND promise >= order_date + 28 THEN -7
               WHEN ready_dice < 15 THEN 0
               WHEN ready_dice < 15 + late / 2 THEN CASE WHEN dock_day < 5 THEN 1 ELSE 3 END
               WHEN ready_dice < 15 + late * 3 / 4 THEN 7
               WHEN ready_dice < 15 + late THEN 14
               WHEN ready_dice %% 4 = 0 AND dock_day > 2 THEN -2
               WHEN ready_dice %% 4 = 1 AND dock_day > 1 THEN -1
               ELSE 0
           END AS ship_date
    FROM promised p
)
SELECT nextval(pg_get_serial_sequence('orders_orderline', 'id')) AS line_id,
       nextval(pg_get_serial_sequence('orders_schedule', 'id')) AS schedule_id,
       nextval(pg_get_serial_sequence('orders_invoiceline', 'id')) AS invoice_line_id,
       told.*
FROM (
SELECT d.*,
       quantity + quantity_change AS last_quantity,
       value + value_change AS last_value,
       reporting + reporting_change AS last_reporting,
       CASE WHEN is_committed THEN promise END AS current_commit,
       -- every change comes within three weeks of the order, every shipment after them
       ship_date <= %(today)s::date AND quantity + quantity_change > 0 AS is_shipped
FROM shipped d
ORDER BY n, line_no
) AS told
