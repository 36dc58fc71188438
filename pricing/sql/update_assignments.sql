UPDATE pricing_pricelistassignment a
SET valid_to = u.valid_to
FROM unnest(%(ids)s::bigint[], %(ends)s::date[], %(values)s::bigint[]) AS u (id, valid_to, price_list_id)
WHERE a.tenant_id = %(tenant)s::bigint AND a.id = u.id
