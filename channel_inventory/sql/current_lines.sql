-- What counts now under these keys; asked by row, as a file names many that nobody knows. Index pos_line_current_once.
SELECT l.partner_id, l.id, l.line_key, l.content, l.product_id, l.quantity, l.invoice_number, l.invoice_line
FROM unnest(%(partners)s::bigint[]) AS p (id)
CROSS JOIN unnest(%(keys)s::text[]) AS k (line_key)
JOIN channel_inventory_posline l
  ON l.tenant_id = %(tenant)s AND l.partner_id = p.id AND l.line_key = k.line_key AND l.state = 'current'
