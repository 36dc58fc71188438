-- Guarded: nothing goes below zero. Locked and revised lines as in reserve_caps.
WITH wanted AS (
    SELECT coalesce(l.carried_to_id, l.id) AS id, sum(w.qty)::bigint AS qty, array_agg(w.id ORDER BY w.id) AS asked
    FROM unnest(%(lines)s::bigint[], %(quantities)s::bigint[]) AS w (id, qty)
    JOIN pricing_agreementline l ON l.tenant_id = %(tenant)s::bigint AND l.id = w.id
    GROUP BY 1
)
UPDATE pricing_agreementline l
SET reserved_qty = l.reserved_qty - wanted.qty
FROM wanted
WHERE l.tenant_id = %(tenant)s::bigint AND l.id = wanted.id AND l.carried_to_id IS NULL
  AND l.reserved_qty >= wanted.qty
RETURNING wanted.asked
