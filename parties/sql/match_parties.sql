-- Which party each text means: its code, an alias learnt from the reporting party, an alias of everybody, its name.
-- A merged party answers with its survivor. More than one party in the first way that answers: ambiguous.
WITH asked AS (
    SELECT given.text, given.normal, given.reporter
    FROM unnest(%(texts)s::text[], %(normals)s::text[], %(reporters)s::bigint[]) AS given (text, normal, reporter)
),
found AS (
    SELECT asked.text, asked.reporter, CASE WHEN party.code = asked.text THEN 1 ELSE 2 END AS rank, 'code' AS method,
           coalesce(party.merged_into_id, party.id) AS party_id
    FROM asked
    JOIN parties_party AS party
      ON party.tenant_id = %(tenant_id)s AND party.code IN (asked.text, upper(asked.text))
    UNION ALL
    SELECT asked.text, asked.reporter, CASE WHEN alias.reported_by_id IS NULL THEN 4 ELSE 3 END, 'alias',
           coalesce(party.merged_into_id, party.id)
    FROM asked
    JOIN parties_partyalias AS alias ON alias.tenant_id = %(tenant_id)s AND alias.normalised = asked.normal
    JOIN parties_party AS party ON party.tenant_id = alias.tenant_id AND party.id = alias.party_id
    WHERE asked.normal <> '' AND (alias.reported_by_id IS NULL OR alias.reported_by_id = asked.reporter)
    UNION ALL
    SELECT asked.text, asked.reporter, 5, 'name', coalesce(party.merged_into_id, party.id)
    FROM asked
    JOIN parties_party AS party ON party.tenant_id = %(tenant_id)s AND party.normalised_name = asked.normal
    WHERE asked.normal <> '' AND %(by_name)s
)
SELECT DISTINCT ON (text, reporter) text, reporter, method, array_agg(DISTINCT party_id) AS party_ids
FROM found
GROUP BY text, reporter, rank, method
ORDER BY text, reporter, rank
