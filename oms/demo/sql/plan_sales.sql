-- One row for each line of a report to be, with what it claims: ship and debit from what its layer cost, for certified
-- end buyers. Claims are decided ten days after they came, some of them later, credited a month after; one of twenty is denied.
CREATE TEMPORARY TABLE demo_sale ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('channel_inventory_posline', 'id')) AS sale_id, told.*,
       CASE WHEN unit_claim > 0 THEN round(unit_claim * sold_quantity * 100)::bigint ELSE 0 END AS amount,
       CASE
           WHEN reported_on + 10 > %(today)s::date OR dice %% 50 = 1 THEN 'pending'
           WHEN reported_on + 30 > %(today)s::date AND dice %% 3 = 1 THEN 'pending'
           WHEN dice %% 20 = 0 THEN 'denied'
           ELSE 'approved'
       END AS state,
       reported_on + 30 <= %(today)s::date AND dice %% 50 <> 1 AND dice %% 20 <> 0 AS is_credited
FROM (
    SELECT l.*, r.batch_id, t.text_id, CASE WHEN t.is_known THEN l.end_buyer_id END AS certified_id, v.part,
           CASE v.part WHEN 1 THEN l.quantity - l.second_quantity ELSE l.second_quantity END AS sold_quantity,
           row_number() OVER (PARTITION BY r.batch_id ORDER BY l.resold_on, l.layer_id, v.part)::integer AS row_number,
           a.id AS claimed_line_id, a.agreement_id, a.price, a.tier_qty,
           CASE WHEN t.is_known THEN l.unit_price - a.price END AS unit_claim
    FROM demo_layer l
    JOIN demo_report r ON r.partner_id = l.partner_id AND r.reported_on = l.reported_on
    JOIN demo_text t ON t.partner_id = l.partner_id AND t.end_buyer_id = l.end_buyer_id
    CROSS JOIN LATERAL (VALUES (1), (2)) AS v (part)
    LEFT JOIN LATERAL (
        SELECT g.id, g.agreement_id, g.prices[tier.no]::numeric(18, 6) AS price, g.min_qtys[tier.no] AS tier_qty
        FROM pricing_agreementline g
        CROSS JOIN LATERAL (
            SELECT width_bucket(
                CASE v.part WHEN 1 THEN l.quantity - l.second_quantity ELSE l.second_quantity END, g.min_qtys
            )
        ) AS tier (no)
        WHERE g.tenant_id = %(tenant_id)s AND g.id = l.agreement_line_id AND l.agreed_cost IS NOT NULL AND tier.no > 0
          AND g.currency = l.currency AND l.resold_on BETWEEN g.valid_from AND g.valid_to
    ) a ON true
    WHERE l.is_sold AND (v.part = 1 OR l.second_quantity > 0)
    ORDER BY l.reported_on, r.batch_id, l.resold_on, l.layer_id, v.part
) AS told
