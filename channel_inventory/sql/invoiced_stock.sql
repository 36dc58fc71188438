-- Documents to partners become channel stock, whatever has not become so yet: invoices the units that came in, credit
-- memos those that were taken back; a price credit has no quantity. Indexes invoice_of_sell_to and
-- stock_of_invoice_line. Consignment stays ours, and is not invoiced.
INSERT INTO channel_inventory_stockledger (
    tenant_id, partner_id, location_id, product_id, ownership, kind, quantity, business_date, event_date, recorded_at,
    invoice_line_id, reason, actor_id, source_key
)
SELECT
    %(tenant)s, i.sell_to_id, place.id, o.product_id, 'theirs', %(kind)s, n.quantity,
    greatest(i.invoice_date, %(first_open)s::date), i.invoice_date, %(at)s, n.id, i.reason, %(actor)s::bigint,
    'invoice_line:' || n.id
FROM parties_partyrolefact f
JOIN orders_invoice i ON i.tenant_id = f.tenant_id AND i.sell_to_id = f.party_id AND i.kind = %(document)s
JOIN orders_invoiceline n ON n.tenant_id = i.tenant_id AND n.invoice_id = i.id AND n.quantity <> 0
JOIN orders_orderline o ON o.tenant_id = n.tenant_id AND o.id = n.order_line_id
LEFT JOIN parties_location place
  ON place.tenant_id = o.tenant_id AND place.id = o.ship_to_id AND place.party_id = i.sell_to_id
WHERE f.tenant_id = %(tenant)s AND f.role = 'partner' AND f.party_id = ANY (%(partners)s::bigint[])
  AND NOT EXISTS (
      SELECT FROM channel_inventory_stockledger s WHERE s.tenant_id = %(tenant)s AND s.invoice_line_id = n.id
  )
ORDER BY i.invoice_date, n.id
ON CONFLICT DO NOTHING
RETURNING id, partner_id, product_id
