-- One product at one partner, place by place: what it reported on its newest day, and what the ledger comes to by then
-- (or by now, where nothing is reported). Rows that name no place stand together.
WITH report AS (
    SELECT max(r.as_of) AS as_of
    FROM channel_inventory_reportedstock r
    WHERE r.tenant_id = %(tenant)s AND r.partner_id = %(partner)s AND r.product_id = %(product)s AND r.is_current
),
said AS (
    SELECT r.location_id, r.on_hand AS reported, r.in_transit, 0 AS computed
    FROM channel_inventory_reportedstock r
    JOIN report ON r.as_of = report.as_of
    WHERE r.tenant_id = %(tenant)s AND r.partner_id = %(partner)s AND r.product_id = %(product)s AND r.is_current
    UNION ALL
    SELECT s.location_id, NULL, NULL, s.quantity
    FROM channel_inventory_stockledger s
    CROSS JOIN report
    WHERE s.tenant_id = %(tenant)s AND s.partner_id = %(partner)s AND s.product_id = %(product)s
      AND s.ownership = 'theirs' AND (report.as_of IS NULL OR s.event_date <= report.as_of)
)
SELECT
    coalesce(place.code, ''), coalesce(place.name, ''), sum(said.reported)::bigint, sum(said.in_transit)::bigint,
    sum(said.computed)::bigint
FROM said
LEFT JOIN parties_location place ON place.tenant_id = %(tenant)s AND place.id = said.location_id
GROUP BY place.code, place.name
ORDER BY place.code NULLS LAST
