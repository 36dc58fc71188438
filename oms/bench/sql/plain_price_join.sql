-- What the price of each line is made of, without any rule of who goes first, without groups, families and contracts.
SELECT q.n, p.floor_price, p.floor_currency, list.code, i.price, i.min_qty,
       l.id, a.number, a.revision, a.status, l.mechanism, l.prices[width_bucket(q.quantity, l.min_qtys)], l.tier_basis,
       l.book_price, l.cap_qty, l.consumed_qty + l.reserved_qty, l.project, l.valid_from, l.valid_to
FROM unnest(
    %(sell_to)s::bigint[], %(end_buyer)s::bigint[], %(product)s::bigint[], %(quantity)s::bigint[],
    %(currency)s::text[], %(on)s::date[]
) WITH ORDINALITY AS q (sell_to_id, end_buyer_id, product_id, quantity, currency, day, n)
LEFT JOIN catalog_product p ON p.tenant_id = %(tenant)s::bigint AND p.id = q.product_id
LEFT JOIN pricing_agreementline l
  ON l.tenant_id = %(tenant)s::bigint AND l.end_buyer_id = q.end_buyer_id AND l.product_id = q.product_id
 AND l.currency = q.currency AND l.is_in_force AND q.day BETWEEN l.valid_from AND l.valid_to
LEFT JOIN pricing_agreement a ON a.tenant_id = %(tenant)s::bigint AND a.id = l.agreement_id
LEFT JOIN pricing_pricelistassignment s
  ON s.tenant_id = %(tenant)s::bigint AND s.party_id = q.sell_to_id AND s.currency = q.currency
 AND s.valid_from <= q.day AND (s.valid_to >= q.day OR s.valid_to IS NULL)
LEFT JOIN pricing_pricelist list ON list.tenant_id = %(tenant)s::bigint AND list.id = s.price_list_id
LEFT JOIN pricing_pricelistitem i
  ON i.tenant_id = %(tenant)s::bigint AND i.price_list_id = s.price_list_id AND i.product_id = q.product_id
 AND i.min_qty <= q.quantity AND i.valid_from <= q.day AND (i.valid_to >= q.day OR i.valid_to IS NULL)
