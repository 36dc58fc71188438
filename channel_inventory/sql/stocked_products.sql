-- All products that partners hold, have held or report, for the night.
SELECT s.partner_id, s.product_id FROM channel_inventory_stockledger s WHERE s.tenant_id = %(tenant)s
UNION
SELECT r.partner_id, r.product_id FROM channel_inventory_reportedstock r WHERE r.tenant_id = %(tenant)s
