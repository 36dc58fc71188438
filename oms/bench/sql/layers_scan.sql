SELECT count(*), sum(quantity)
FROM (
    SELECT v.partner_id, v.product_id, sum(v.quantity) AS quantity
    FROM (
        SELECT d.partner_id, d.product_id, -d.quantity AS quantity FROM channel_demand d
        UNION ALL
        SELECT l.partner_id, l.product_id, l.quantity
        FROM channel_inventory_costlayer l
        WHERE l.tenant_id = %(tenant)s AND l.partner_id = ANY (%(partners)s::bigint[])
    ) AS v
    GROUP BY v.partner_id, v.product_id
) AS grouped
