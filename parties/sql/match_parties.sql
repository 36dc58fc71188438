-- Which party each text means: its code, an alias learnt from the reporting party, an alias of everybody, its name.
-- A merged party answers with its survivor. One row for each text and way; more than one party makes it ambiguous.
WITH asked AS (
    SELECT given.text, given.normal
    FROM unnest(%(texts)s::text[], %(normals)s::text[]) AS given (text, normal)
),
found AS (
    SELECT asked.text, 1 AS rank, 'code' AS method, coalesce(party.merged_into_id, party.id) AS party_id
    FROM asked
    JOIN parties_party AS party ON party.tenant_id = %(tenant_id)s AND party.code = asked.text
    UNION ALL
    SELECT asked.text, 2, 'code', coalesce(party.merged_into_id, party.id)
    FROM asked
    JOIN parties_party AS party ON party.tenant_id = %(tenant_id)s AND party.code = upper(asked.text)
    UNION ALL
    SELECT asked.text, CASE WHEN alias.reported_by_id IS NULL THEN 4 ELSE 3 END, 'alias',
           coalesce(party.merged_into_id, party.id)
    FROM asked
    JOIN parties_partyalias AS alias ON alias.tenant_id = %(tenant_id)s AND alias.normalised = asked.normal
    JOIN parties_party AS party ON party.tenant_id = alias.tenant_id AND party.id = alias.party_id
    WHERE asked.normal <> ''
      AND (alias.reported_by_id IS NULL OR alias.reported_by_id = ANY (%(reporters)s::bigint[]))
    UNION ALL
    SELECT asked.text, 5, 'name', coalesce(party.merged_into_id, party.id)
    FROM asked
    JOIN parties_party AS party ON party.tenant_id = %(tenant_id)s AND party.normalised_name = asked.normal
    WHERE asked.normal <> '' AND %(by_name)s
)
SELECT DISTINCT ON (text) text, method, array_agg(DISTINCT party_id) AS party_ids
FROM found
GROUP BY text, rank, method
ORDER BY text, rank
