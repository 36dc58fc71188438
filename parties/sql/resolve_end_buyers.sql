-- Which end buyers each report may mean, by the first way that answers: 1 code, 2 alias learnt from that partner,
-- 3 alias of everybody, 4 name. A merged party answers with its survivor. Leans on party_code_once, party_alias_once
-- and party_by_name; names of several ways are compared as plain text, so that policies do not hinder the indexes.
WITH asked AS (
    SELECT given.*
    FROM unnest(%(keys)s::bigint[], %(reporters)s::bigint[], %(codes)s::text[], %(code_normals)s::text[],
                %(names)s::text[]) AS given (key, reporter, code, code_normal, name)
),
said AS (
    SELECT DISTINCT key, reporter, text
    FROM asked, LATERAL (VALUES (code_normal), (name)) AS texts (text)
    WHERE text <> ''
),
found AS (
    SELECT asked.key, 1 AS rank, coalesce(party.merged_into_id, party.id) AS party_id
    FROM asked
    JOIN parties_party AS party
      ON party.tenant_id = %(tenant_id)s AND party.code IN (asked.code, upper(asked.code))
    WHERE asked.code <> ''
    UNION ALL
    SELECT said.key, CASE WHEN alias.reported_by_id IS NULL THEN 3 ELSE 2 END,
           coalesce(party.merged_into_id, party.id)
    FROM said
    JOIN parties_partyalias AS alias ON alias.tenant_id = %(tenant_id)s AND alias.normalised = said.text
    JOIN parties_party AS party ON party.tenant_id = alias.tenant_id AND party.id = alias.party_id
    WHERE alias.reported_by_id IS NULL OR alias.reported_by_id = said.reporter
    UNION ALL
    SELECT asked.key, 4, coalesce(party.merged_into_id, party.id)
    FROM asked
    JOIN parties_party AS party ON party.tenant_id = %(tenant_id)s AND party.normalised_name = asked.name
    WHERE asked.name <> ''
)
SELECT DISTINCT ON (found.key) found.key, found.rank, array_agg(DISTINCT found.party_id) AS party_ids
FROM found
WHERE EXISTS (SELECT FROM parties_partyrolefact AS fact
              WHERE fact.tenant_id = %(tenant_id)s AND fact.party_id = found.party_id AND fact.role = 'end_buyer')
GROUP BY found.key, found.rank
ORDER BY found.key, found.rank
