-- All products that partners hold, have held or report, for the night. What merged partners held is their survivors'.
SELECT held.partner_id, held.product_id
FROM (
    SELECT s.partner_id, s.product_id FROM channel_inventory_stockledger s WHERE s.tenant_id = %(tenant)s
    UNION
    SELECT r.partner_id, r.product_id FROM channel_inventory_reportedstock r WHERE r.tenant_id = %(tenant)s
) AS held
JOIN parties_party p ON p.tenant_id = %(tenant)s AND p.id = held.partner_id
WHERE p.merged_into_id IS NULL
