-- Of these agreement lines, those whose cap a booking takes from: direct ones with a cap; and where they are counted.
SELECT a.id, coalesce(a.carried_to_id, a.id)
FROM pricing_agreementline a
WHERE a.tenant_id = %(tenant)s::bigint AND a.id = ANY(%(ids)s::bigint[]) AND a.mechanism = 'direct'
  AND a.cap_qty IS NOT NULL
