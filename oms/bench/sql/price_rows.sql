-- The rows that the price of one line rests on, all by their keys: product, price list and price, base list and price,
-- the agreement lines told of with their agreements, and whom these are for.
SELECT p.floor_price, p.floor_currency, list.code, s.valid_from, s.valid_to, i.price, i.min_qty,
       base.code, b.price, b.min_qty, l.id, a.number, a.revision, a.status, l.mechanism, l.prices, l.min_qtys,
       l.tier_basis, l.book_price, l.cap_qty, l.consumed_qty, l.reserved_qty, l.currency, l.project, l.valid_from,
       l.valid_to, buyer.name
FROM catalog_product p
LEFT JOIN pricing_pricelistassignment s ON s.tenant_id = %(tenant)s::bigint AND s.id = %(assignment)s::bigint
LEFT JOIN pricing_pricelist list ON list.tenant_id = %(tenant)s::bigint AND list.id = %(list)s::bigint
LEFT JOIN pricing_pricelistitem i ON i.tenant_id = %(tenant)s::bigint AND i.id = %(item)s::bigint
LEFT JOIN pricing_pricelist base ON base.tenant_id = %(tenant)s::bigint AND base.id = %(base)s::bigint
LEFT JOIN pricing_pricelistitem b ON b.tenant_id = %(tenant)s::bigint AND b.id = %(base_item)s::bigint
LEFT JOIN pricing_agreementline l ON l.tenant_id = %(tenant)s::bigint AND l.id = ANY (%(lines)s::bigint[])
LEFT JOIN pricing_agreement a ON a.tenant_id = %(tenant)s::bigint AND a.id = l.agreement_id
LEFT JOIN parties_party buyer ON buyer.tenant_id = %(tenant)s::bigint AND buyer.id = l.end_buyer_id
WHERE p.tenant_id = %(tenant)s::bigint AND p.id = %(product)s::bigint
