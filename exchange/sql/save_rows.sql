UPDATE exchange_importrow AS stored
SET "values" = given.found,
    state = given.state,
    change = given.change,
    findings = given.findings
FROM exchange_judged AS given
WHERE stored.tenant_id = %(tenant_id)s AND stored.id = given.id
