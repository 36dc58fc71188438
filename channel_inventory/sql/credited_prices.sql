-- The price on the credit memo of goods that came back to us: what a shortage of theirs is held at.
SELECT s.id, n.unit_price, memo.currency
FROM channel_inventory_stockledger s
JOIN orders_invoiceline n ON n.tenant_id = %(tenant)s AND n.id = s.invoice_line_id
JOIN orders_invoice memo ON memo.tenant_id = %(tenant)s AND memo.id = n.invoice_id
WHERE s.tenant_id = %(tenant)s AND s.id = ANY (%(rows)s::bigint[])
