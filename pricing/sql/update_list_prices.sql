UPDATE pricing_pricelistitem i
SET price = u.price, valid_to = u.valid_to
FROM unnest(%(ids)s::bigint[], %(ends)s::date[], %(values)s::numeric[]) AS u (id, valid_to, price)
WHERE i.tenant_id = %(tenant)s::bigint AND i.id = u.id
