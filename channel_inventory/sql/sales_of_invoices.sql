-- What counts now as sold on these invoices, however their blanks and capitals were written: a key begins with the
-- number without either, and 0 comes next after /. Index pos_line_current_once.
SELECT l.partner_id, l.id, l.line_key, l.content, l.product_id, l.quantity, l.invoice_number, l.invoice_line
FROM unnest(%(partners)s::bigint[]) AS p (id)
CROSS JOIN unnest(%(numbers)s::text[]) AS n (number)
JOIN channel_inventory_posline l
  ON l.tenant_id = %(tenant)s AND l.partner_id = p.id AND l.state = 'current'
 AND l.line_key >= n.number || '/' AND l.line_key < n.number || '0'
WHERE l.quantity > 0
ORDER BY l.id
