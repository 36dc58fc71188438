SELECT DISTINCT l.partner_id
FROM channel_inventory_posline l
WHERE l.tenant_id = %(tenant)s AND l.id = ANY (%(lines)s::bigint[])
