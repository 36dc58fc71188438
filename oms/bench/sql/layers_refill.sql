-- What the demo's partners have sold on is theirs again, for as long as the measure lasts.
UPDATE channel_inventory_costlayer
SET remaining = quantity
WHERE tenant_id = %(tenant)s AND partner_id = ANY (%(partners)s::bigint[]) AND remaining < quantity
