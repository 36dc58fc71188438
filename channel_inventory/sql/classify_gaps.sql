-- Why a report differs from what we compute: the first explanation that accounts for the whole gap.
-- Less than computed: goods that they have not received yet, or sales that they have not reported. More than computed:
-- sales counted twice.
WITH gap AS (
    SELECT p.id, p.partner_id, p.product_id, p.reported, p.computed, p.gap, p.reported_on
    FROM unnest(%(partners)s::bigint[], %(products)s::bigint[]) AS asked (partner_id, product_id)
    JOIN channel_inventory_stockposition p
      ON p.tenant_id = %(tenant)s AND p.partner_id = asked.partner_id AND p.product_id = asked.product_id
    WHERE p.gap IS NOT NULL
),
place AS (
    SELECT v.id, v.location_id, sum(v.reported) AS reported, sum(v.computed) AS computed
    FROM (
        SELECT gap.id, r.location_id, r.on_hand AS reported, 0 AS computed
        FROM gap
        JOIN channel_inventory_reportedstock r
          ON r.tenant_id = %(tenant)s AND r.partner_id = gap.partner_id AND r.product_id = gap.product_id
         AND r.as_of = gap.reported_on AND r.is_current
        UNION ALL
        SELECT gap.id, s.location_id, 0, s.quantity
        FROM gap
        JOIN channel_inventory_stockledger s
          ON s.tenant_id = %(tenant)s AND s.partner_id = gap.partner_id AND s.product_id = gap.product_id
         AND s.event_date <= gap.reported_on AND s.ownership = 'theirs'
    ) AS v
    GROUP BY v.id, v.location_id
),
branch AS (
    SELECT place.id
    FROM place
    GROUP BY place.id
    HAVING bool_and(place.location_id IS NOT NULL) AND sum(place.reported - place.computed) = 0
       AND bool_or(place.reported <> place.computed)
),
unit AS (
    SELECT DISTINCT gap.id
    FROM gap
    JOIN catalog_product product ON product.tenant_id = %(tenant)s AND product.id = gap.product_id
    JOIN catalog_unitfactor u
      ON u.tenant_id = %(tenant)s AND u.base_unit = product.unit AND u.factor > 1
     AND (u.product_id = gap.product_id OR u.product_id IS NULL)
    WHERE gap.computed > 0 AND (gap.reported * u.factor = gap.computed OR gap.reported = gap.computed * u.factor)
),
sent AS (
    SELECT
        gap.id, l.batch_id, sum(l.quantity) AS quantity, count(*) AS lines, min(l.invoice_date) AS first_day,
        max(l.invoice_date) AS last_day
    FROM gap
    JOIN channel_inventory_posline l
      ON l.tenant_id = %(tenant)s AND l.partner_id = gap.partner_id AND l.product_id = gap.product_id
     AND l.invoice_date <= gap.reported_on AND l.state = 'current'
    WHERE gap.gap > 0
    GROUP BY gap.id, l.batch_id
),
twice AS (
    SELECT DISTINCT gap.id
    FROM gap
    JOIN sent one ON one.id = gap.id AND one.quantity = gap.gap
    JOIN sent other ON other.id = gap.id AND other.batch_id > one.batch_id
    WHERE (other.quantity, other.lines, other.first_day, other.last_day)
        = (one.quantity, one.lines, one.first_day, one.last_day)
),
arriving AS (
    SELECT
        gap.id, gap.gap,
        sum(s.quantity) OVER (PARTITION BY gap.id ORDER BY s.event_date DESC, s.id DESC) AS quantity
    FROM gap
    JOIN channel_inventory_stockledger s
      ON s.tenant_id = %(tenant)s AND s.partner_id = gap.partner_id AND s.product_id = gap.product_id
     AND s.kind = 'sell_in' AND s.event_date <= gap.reported_on AND s.event_date > gap.reported_on - 14
    WHERE gap.gap < 0
),
transit AS (
    SELECT arriving.id FROM arriving WHERE arriving.quantity = -arriving.gap
    UNION
    SELECT gap.id
    FROM gap
    JOIN channel_inventory_reportedstock r
      ON r.tenant_id = %(tenant)s AND r.partner_id = gap.partner_id AND r.product_id = gap.product_id
     AND r.as_of = gap.reported_on AND r.is_current
    WHERE gap.gap < 0
    GROUP BY gap.id, gap.gap
    HAVING sum(r.in_transit) = -gap.gap
),
seller AS (
    SELECT DISTINCT gap.partner_id, gap.reported_on FROM gap WHERE gap.gap < 0
),
-- a week of the thirteen before the report in which the partner reported nothing at all, though it had begun to report
silent AS (
    SELECT sales.partner_id, sales.reported_on
    FROM (
        SELECT
            seller.partner_id, seller.reported_on, min(l.invoice_date) AS first_day,
            array_agg(DISTINCT (seller.reported_on - l.invoice_date) / 7)
                FILTER (WHERE l.invoice_date > seller.reported_on - 91) AS weeks
        FROM seller
        JOIN channel_inventory_posline l
          ON l.tenant_id = %(tenant)s AND l.partner_id = seller.partner_id AND l.invoice_date <= seller.reported_on
        GROUP BY seller.partner_id, seller.reported_on
    ) AS sales
    WHERE EXISTS (
        SELECT
        FROM generate_series(0, 12) AS week (no)
        WHERE sales.first_day <= sales.reported_on - 7 * (week.no + 1)
          AND NOT week.no = ANY (coalesce(sales.weeks, '{}'))
    )
)
UPDATE channel_inventory_stockposition p
SET gap_class = CASE
    WHEN p.id IN (SELECT branch.id FROM branch) THEN 'wrong_branch'
    WHEN gap.gap = 0 THEN 'none'
    WHEN p.id IN (SELECT unit.id FROM unit) THEN 'unit_factor'
    WHEN p.id IN (SELECT twice.id FROM twice) THEN 'duplicate'
    WHEN p.id IN (SELECT transit.id FROM transit) THEN 'in_transit'
    WHEN gap.gap < 0 AND (gap.partner_id, gap.reported_on) IN (SELECT s.partner_id, s.reported_on FROM silent s)
        THEN 'missing_week'
    ELSE 'unexplained'
END
FROM gap
WHERE p.tenant_id = %(tenant)s AND p.id = gap.id
