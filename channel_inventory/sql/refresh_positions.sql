-- Positions of some products at some partners, made again from their ledger rows (index stock_of_product), shortages
-- and newest stock report (index reported_stock_newest). Thirteen weeks end on the day asked for, and four weeks before.
WITH pair AS (
    SELECT DISTINCT p.partner_id, p.product_id
    FROM unnest(%(partners)s::bigint[], %(products)s::bigint[]) AS p (partner_id, product_id)
),
report AS (
    SELECT DISTINCT ON (r.partner_id, r.product_id)
        r.partner_id, r.product_id, r.as_of, sum(r.on_hand) AS on_hand
    FROM channel_inventory_reportedstock r
    JOIN pair USING (partner_id, product_id)
    WHERE r.tenant_id = %(tenant)s AND r.is_current
    GROUP BY r.partner_id, r.product_id, r.as_of
    ORDER BY r.partner_id, r.product_id, r.as_of DESC
),
-- what a merged partner has sold counts for its survivor; what it held has moved there by rows of the survivor's own
member AS (
    SELECT p.id, coalesce(p.merged_into_id, p.id) AS partner_id FROM parties_party p WHERE p.tenant_id = %(tenant)s
),
moved AS (
    SELECT
        pair.partner_id, pair.product_id,
        coalesce(sum(s.quantity) FILTER (WHERE s.partner_id = pair.partner_id), 0) AS on_hand,
        coalesce(sum(s.quantity) FILTER (WHERE s.event_date <= %(on)s::date - 28), 0) AS on_hand_before,
        -coalesce(sum(s.quantity) FILTER (
            WHERE s.kind IN ('pos', 'end_return') AND s.event_date > %(on)s::date - 91 AND s.event_date <= %(on)s::date
        ), 0) AS sold,
        -coalesce(sum(s.quantity) FILTER (
            WHERE s.kind IN ('pos', 'end_return')
              AND s.event_date > %(on)s::date - 119 AND s.event_date <= %(on)s::date - 28
        ), 0) AS sold_before,
        coalesce(sum(s.quantity) FILTER (
            WHERE s.partner_id = pair.partner_id AND s.event_date <= report.as_of
        ), 0) AS computed
    FROM pair
    JOIN member ON member.partner_id = pair.partner_id
    JOIN channel_inventory_stockledger s
      ON s.tenant_id = %(tenant)s AND s.partner_id = member.id AND s.product_id = pair.product_id
     AND s.ownership = 'theirs'
    LEFT JOIN report ON report.partner_id = pair.partner_id AND report.product_id = pair.product_id
    GROUP BY pair.partner_id, pair.product_id
),
held AS (
    SELECT l.partner_id, l.product_id, sum(l.remaining) AS quantity
    FROM pair
    JOIN channel_inventory_costlayer l
      ON l.tenant_id = %(tenant)s AND l.partner_id = pair.partner_id AND l.product_id = pair.product_id
     AND l.remaining > 0 AND l.ownership = 'theirs'
    GROUP BY l.partner_id, l.product_id
),
figure AS (
    SELECT
        partner_id, product_id, coalesce(m.on_hand, 0) AS on_hand,
        coalesce(held.quantity, 0) - coalesce(m.on_hand, 0) AS shortage, coalesce(m.sold, 0) AS sold,
        round(greatest(m.on_hand, 0) * 13 / nullif(greatest(m.sold, 0), 0), 1) AS weeks,
        round(greatest(m.on_hand_before, 0) * 13 / nullif(greatest(m.sold_before, 0), 0), 1) AS weeks_before,
        report.on_hand AS reported, report.as_of AS reported_on,
        CASE WHEN report.as_of IS NOT NULL THEN coalesce(m.computed, 0) END AS computed
    FROM pair
    LEFT JOIN moved m USING (partner_id, product_id)
    LEFT JOIN held USING (partner_id, product_id)
    LEFT JOIN report USING (partner_id, product_id)
)
INSERT INTO channel_inventory_stockposition (
    tenant_id, partner_id, product_id, as_of, on_hand, shortage, sold, weeks, weeks_before, is_building_up, reported,
    reported_on, computed, gap, gap_class, made_at
)
SELECT
    %(tenant)s, f.partner_id, f.product_id, %(on)s, f.on_hand, f.shortage, f.sold, f.weeks, f.weeks_before,
    -- supply has grown by a quarter in four weeks, or what used to sell no longer does
    f.on_hand > 0 AND coalesce(f.weeks_before > 0, false) AND coalesce(f.weeks >= f.weeks_before * 1.25, true),
    f.reported, f.reported_on, f.computed, f.reported - f.computed, '', %(at)s
FROM figure f
ORDER BY f.partner_id, f.product_id
ON CONFLICT (tenant_id, partner_id, product_id) DO UPDATE
SET as_of = excluded.as_of, on_hand = excluded.on_hand, shortage = excluded.shortage, sold = excluded.sold,
    weeks = excluded.weeks, weeks_before = excluded.weeks_before, is_building_up = excluded.is_building_up,
    reported = excluded.reported, reported_on = excluded.reported_on, computed = excluded.computed,
    gap = excluded.gap, gap_class = excluded.gap_class, made_at = excluded.made_at
