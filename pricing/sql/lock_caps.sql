-- The lines that count for these (a revised one is counted where its use was carried to), locked in key order.
SELECT l.id
FROM pricing_agreementline l
WHERE l.tenant_id = %(tenant)s::bigint AND l.id IN (
    SELECT coalesce(w.carried_to_id, w.id)
    FROM pricing_agreementline w
    WHERE w.tenant_id = %(tenant)s::bigint AND w.id = ANY(%(lines)s::bigint[])
)
ORDER BY l.id
FOR NO KEY UPDATE
