-- Deliveries to route: the newest lines that have somewhere to go, with what their conditions ask for.
SELECT o.sell_to_id, l.end_buyer_id, l.ship_to_id, l.ship_from_id, p.family_id, o.order_date,
       coalesce(p.unit_weight_g, 1) * l.quantity / 1000 AS weight_kg, coalesce(l.unit_price, 0) * l.quantity AS value
FROM orders_orderline l
JOIN orders_order o ON o.tenant_id = %(tenant)s AND o.id = l.order_id
JOIN catalog_product p ON p.tenant_id = %(tenant)s AND p.id = l.product_id
WHERE l.tenant_id = %(tenant)s
ORDER BY l.id DESC
LIMIT %(count)s
