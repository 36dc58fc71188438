-- The first order, not cancelled, with this PO of this sell-to. Reads order_by_po. A blanket and all that releases from
-- it may go by one number.
SELECT o.id, o.number
FROM orders_order o
WHERE o.tenant_id = %(tenant)s::bigint AND o.sell_to_id = %(sell_to)s::bigint AND o.customer_po_key = %(po_key)s::text
  AND o.status <> 'cancelled' AND o.id IS DISTINCT FROM %(but)s::bigint
  AND (%(blanket)s::bigint IS NULL OR (o.id <> %(blanket)s::bigint AND o.blanket_id IS DISTINCT FROM %(blanket)s::bigint))
ORDER BY o.id
LIMIT 1
