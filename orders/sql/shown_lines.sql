-- Lines of an order, or those between two numbers, with what is shown of all that they name.
SELECT l.id, l.order_id, l.line_no, l.product_id, l.customer_part, l.end_buyer_id, l.ship_to_id, l.ship_from_id,
  l.quantity, l.open_qty, l.status, l.unit_price, l.price_source, l.price_reason, l.price_trail, l.book_price,
  l.agreed_cost, l.agreement_line_id, l.terms_id, l.terms_reason, l.terms_trail,
  p.sku, b.name, t.name, f.country, s.incoterm, s.named_place, s.freight_payer, s.service, s.carrier_id,
  s.re_shipper_id, c.name, h.name
FROM orders_orderline l
JOIN catalog_product p ON p.tenant_id = l.tenant_id AND p.id = l.product_id
LEFT JOIN parties_party b ON b.tenant_id = l.tenant_id AND b.id = l.end_buyer_id
LEFT JOIN parties_location t ON t.tenant_id = l.tenant_id AND t.id = l.ship_to_id
LEFT JOIN parties_location f ON f.tenant_id = l.tenant_id AND f.id = l.ship_from_id
LEFT JOIN shipping_shippingterms s ON s.tenant_id = l.tenant_id AND s.id = l.terms_id
LEFT JOIN shipping_carrier c ON c.tenant_id = s.tenant_id AND c.id = s.carrier_id
LEFT JOIN parties_location h ON h.tenant_id = s.tenant_id AND h.id = s.re_shipper_id
WHERE l.tenant_id = %(tenant)s::bigint AND l.order_id = %(order)s::bigint
  AND l.line_no BETWEEN %(first)s::bigint AND %(last)s::bigint
ORDER BY l.line_no
