-- What the price of each line is made of, without any rule of who goes first.
SELECT q.n, a.id, a.mechanism, a.prices[width_bucket(q.quantity, a.min_qtys)], a.cap_qty, i.price, i.min_qty
FROM unnest(
    %(sell_to)s::bigint[], %(end_buyer)s::bigint[], %(product)s::bigint[], %(quantity)s::bigint[], %(currency)s::text[],
    %(on)s::date[]
) WITH ORDINALITY AS q (sell_to_id, end_buyer_id, product_id, quantity, currency, day, n)
LEFT JOIN pricing_agreementline a
  ON a.tenant_id = %(tenant)s AND a.end_buyer_id = q.end_buyer_id AND a.product_id = q.product_id
 AND a.currency = q.currency AND a.is_in_force AND q.day BETWEEN a.valid_from AND a.valid_to
LEFT JOIN pricing_pricelistassignment s
  ON s.tenant_id = %(tenant)s AND s.party_id = q.sell_to_id AND s.currency = q.currency
LEFT JOIN pricing_pricelistitem i
  ON i.tenant_id = %(tenant)s AND i.price_list_id = s.price_list_id AND i.product_id = q.product_id
 AND i.min_qty <= q.quantity
