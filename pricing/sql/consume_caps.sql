-- Takes what remains, at most what is wanted. Locked and revised lines as in reserve_caps.
WITH wanted AS (
    SELECT coalesce(l.carried_to_id, l.id) AS id, sum(w.qty)::bigint AS qty, array_agg(w.id ORDER BY w.id) AS asked
    FROM unnest(%(lines)s::bigint[], %(quantities)s::bigint[]) AS w (id, qty)
    JOIN pricing_agreementline l ON l.tenant_id = %(tenant)s::bigint AND l.id = w.id
    GROUP BY 1
)
UPDATE pricing_agreementline l
SET consumed_qty = l.consumed_qty + CASE
    WHEN l.cap_qty IS NULL THEN wanted.qty
    ELSE least(wanted.qty, l.cap_qty - l.consumed_qty - l.reserved_qty)
END
FROM wanted
WHERE l.tenant_id = %(tenant)s::bigint AND l.id = wanted.id AND l.carried_to_id IS NULL
RETURNING wanted.asked, new.consumed_qty - old.consumed_qty
