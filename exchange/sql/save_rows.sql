UPDATE exchange_importrow AS stored
SET "values" = given.found::jsonb,
    state = given.state,
    change = given.change,
    findings = given.findings::jsonb
FROM unnest(
    %(ids)s::bigint[], %(found)s::text[], %(states)s::text[], %(changes)s::text[], %(findings)s::text[]
) AS given (id, found, state, change, findings)
WHERE stored.tenant_id = %(tenant_id)s AND stored.id = given.id
