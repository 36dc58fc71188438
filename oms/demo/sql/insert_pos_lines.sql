INSERT INTO channel_inventory_posline (
    id, tenant_id, batch_id, received_on, recorded_at, state, row_number, partner_id, product_id, location_id,
    reported_end_buyer_id, end_buyer_id, line_key, content, invoice_number, invoice_line, invoice_date, reported_sku,
    quantity, reported_quantity, reported_unit, resale_price, currency, cited_agreement, customer_po, warnings
)
SELECT s.sale_id, %(tenant_id)s, s.batch_id, s.reported_on, s.reported_on + time '17:05', 'current', s.row_number,
       s.partner_id, s.product_id, s.location_id, s.text_id, s.certified_id, 'D' || s.layer_id || '/' || s.part,
       md5(s.layer_id || '/' || s.part), 'D' || s.layer_id, s.part::text, s.resold_on, p.sku, s.sold_quantity,
       s.sold_quantity, '', round(s.unit_price * 1.3, 4), s.currency, '', '', '[]'
FROM demo_sale s
JOIN catalog_product p ON p.tenant_id = %(tenant_id)s AND p.id = s.product_id
ORDER BY s.sale_id
