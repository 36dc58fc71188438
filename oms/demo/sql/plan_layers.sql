-- One row for each cost layer to be: an invoice line to a partner, with what the order's line says of its end buyer and
-- agreement, and whether and when it is sold on. A partner keeps a part for the same number of days each time, so that
-- what came first is sold first. It reports a month's sales in the first days of the next.
CREATE TEMPORARY TABLE demo_layer ON COMMIT DROP AS
SELECT told.*,
       resold_on <= %(today)s::date AND reported_on <= %(today)s::date AS is_sold,
       -- of four layers one is sold to two customers' orders, in two lines; two of one quantity would look like one line
       -- told twice, which is a question for whoever decides the claim
       CASE WHEN dice %% 4 = 0 AND quantity >= 3 * multiple_qty THEN multiple_qty * (quantity / multiple_qty / 3) ELSE 0 END
           AS second_quantity
FROM (
    SELECT nextval(pg_get_serial_sequence('channel_inventory_stockledger', 'id')) AS stock_row_id,
           nextval(pg_get_serial_sequence('channel_inventory_costlayer', 'id')) AS layer_id,
           bought.*,
           (date_trunc('month', resold_on) + interval '1 month 3 days')::date AS reported_on
    FROM (
        SELECT n.id AS invoice_line_id, i.sell_to_id AS partner_id, place.id AS location_id, o.product_id, n.quantity,
               n.unit_price, i.currency, i.invoice_date, o.end_buyer_id, o.agreement_line_id, o.agreed_cost,
               p.multiple_qty,
               i.invoice_date + (15 + (hashint8extended(i.sell_to_id * 100003 + o.product_id, %(seed)s + 30)
                                       & 2147483647) %% 40)::int AS resold_on,
               (hashint8extended(n.id, %(seed)s + 31) & 2147483647) AS dice
        FROM orders_invoice i
        JOIN parties_partyrolefact f ON f.tenant_id = i.tenant_id AND f.party_id = i.sell_to_id AND f.role = 'partner'
        JOIN orders_invoiceline n ON n.tenant_id = i.tenant_id AND n.invoice_id = i.id
        JOIN orders_orderline o ON o.tenant_id = n.tenant_id AND o.id = n.order_line_id
        JOIN catalog_product p ON p.tenant_id = o.tenant_id AND p.id = o.product_id
        LEFT JOIN parties_location place
          ON place.tenant_id = o.tenant_id AND place.id = o.ship_to_id AND place.party_id = i.sell_to_id
        WHERE i.tenant_id = %(tenant_id)s AND i.kind = 'invoice' AND n.quantity > 0
        ORDER BY i.invoice_date, n.id
    ) bought
) told
