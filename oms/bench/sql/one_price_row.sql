SELECT i.* FROM pricing_pricelistitem i WHERE i.tenant_id = %(tenant)s::bigint AND i.id = %(id)s::bigint
