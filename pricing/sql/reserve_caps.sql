-- Guarded: a line whose cap would be passed stays as it is. The rows are locked already. A revised line is counted
-- where its use was carried to.
WITH wanted AS (
    SELECT coalesce(l.carried_to_id, l.id) AS id, sum(w.qty)::bigint AS qty, array_agg(w.id ORDER BY w.id) AS asked
    FROM unnest(%(lines)s::bigint[], %(quantities)s::bigint[]) AS w (id, qty)
    JOIN pricing_agreementline l ON l.tenant_id = %(tenant)s::bigint AND l.id = w.id
    GROUP BY 1
)
UPDATE pricing_agreementline l
SET reserved_qty = l.reserved_qty + wanted.qty
FROM wanted
WHERE l.tenant_id = %(tenant)s::bigint AND l.id = wanted.id AND l.carried_to_id IS NULL
  AND (l.cap_qty IS NULL OR l.consumed_qty + l.reserved_qty + wanted.qty <= l.cap_qty)
RETURNING wanted.asked
