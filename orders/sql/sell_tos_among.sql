SELECT DISTINCT f.party_id
FROM parties_partyrolefact f
WHERE f.tenant_id = %(tenant)s::bigint AND f.role = 'sell_to' AND f.party_id = ANY(%(ids)s::bigint[])
