-- What the ledger comes to, save that of eleven products one is a package off.
INSERT INTO channel_inventory_reportedstock (
    tenant_id, partner_id, location_id, product_id, as_of, on_hand, batch_id, recorded_at, is_current
)
SELECT %(tenant_id)s, r.partner_id, r.location_id, held.product_id, %(today)s::date - 1,
       greatest(held.quantity - CASE WHEN (held.product_id + r.partner_id) %% 11 = 0 THEN p.multiple_qty ELSE 0 END, 0), r.batch_id,
       %(today)s::date + time '08:05', true
FROM demo_stock_report r
JOIN (
    SELECT partner_id, product_id, sum(quantity)::bigint AS quantity
    FROM channel_inventory_stockledger
    WHERE tenant_id = %(tenant_id)s AND event_date < %(today)s::date
    GROUP BY partner_id, product_id
) held ON held.partner_id = r.partner_id
JOIN catalog_product p ON p.tenant_id = %(tenant_id)s AND p.id = held.product_id
WHERE r.location_id IS NOT NULL
ORDER BY r.partner_id, held.product_id
