-- Sales that look like an earlier line under another key: same invoice, day, part, customer and quantity. Customers
-- that were merged are one.
-- A row a sale: whether such a line stands in the same report, and whether another report has claimed it.
-- Index pos_line_of_product.
SELECT s.id, bool_or(t.batch_id = s.batch_id) AS in_report,
       bool_or(t.batch_id <> s.batch_id AND EXISTS (
           SELECT
           FROM channel_inventory_claimline c
           WHERE c.tenant_id = %(tenant)s::bigint AND c.pos_line_id = t.id AND c.state IN ('pending', 'approved')
       )) AS is_claimed
FROM channel_inventory_posline s
JOIN channel_inventory_posline t
  ON t.tenant_id = %(tenant)s::bigint AND t.partner_id = s.partner_id AND t.product_id = s.product_id
 AND t.invoice_date = s.invoice_date AND t.id < s.id
WHERE s.tenant_id = %(tenant)s::bigint AND s.id = ANY (%(lines)s::bigint[])
  AND t.state = 'current' AND t.invoice_number = s.invoice_number AND t.quantity = s.quantity
  AND t.line_key <> s.line_key
  AND (t.end_buyer_id = s.end_buyer_id OR EXISTS (
      SELECT
      FROM parties_party AS theirs
      JOIN parties_party AS ours
        ON ours.tenant_id = %(tenant)s::bigint AND ours.id = s.end_buyer_id
       AND coalesce(ours.merged_into_id, ours.id) = coalesce(theirs.merged_into_id, theirs.id)
      WHERE theirs.tenant_id = %(tenant)s::bigint AND theirs.id = t.end_buyer_id
  ))
GROUP BY s.id
