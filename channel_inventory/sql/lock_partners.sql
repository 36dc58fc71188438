-- Whoever moves a partner's stock waits for whoever does so already: two reports at once cannot overdraw a layer. In
-- key order; keys that point at a partner are not held up.
SELECT p.id
FROM parties_party p
WHERE p.tenant_id = %(tenant)s AND p.id = ANY (%(partners)s::bigint[])
ORDER BY p.id
FOR NO KEY UPDATE
