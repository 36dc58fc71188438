INSERT INTO channel_inventory_posline (
    tenant_id, batch_id, received_on, recorded_at, state, row_number, partner_id, product_id, location_id,
    reported_end_buyer_id, end_buyer_id, corrects_id, returns_id, line_key, content, invoice_number, invoice_line,
    invoice_date, reported_sku, quantity, reported_quantity, reported_unit, resale_price, currency, cited_agreement,
    claimed_amount, customer_po, warnings
)
SELECT %(tenant_id)s, %(batch_id)s, %(received_on)s, %(recorded_at)s, 'current', row_number, partner_id, product_id,
       location_id, text_id, end_buyer_id, corrects_id, returns_id, line_key, content, invoice_number, invoice_line,
       invoice_date, reported_sku, quantity, reported_quantity, reported_unit, resale_price, currency, cited_agreement,
       claimed_amount, customer_po, warnings
FROM channel_pos_staged
ORDER BY row_number
RETURNING id, row_number
