-- Which product each part number means when a party uses it: the party's own number, that of the nearest party above
-- it, that of another branch of its group, our sku.
WITH RECURSIVE asked AS (
    SELECT given.text, given.party_id
    FROM unnest(%(texts)s::text[], %(party_ids)s::bigint[]) AS given (text, party_id)
),
above (party_id, member_id, distance) AS (
    SELECT DISTINCT party_id, party_id, 0 FROM asked WHERE party_id <> 0
    UNION ALL
    SELECT above.party_id, party.parent_id, above.distance + 1
    FROM above
    JOIN parties_party AS party ON party.tenant_id = %(tenant_id)s AND party.id = above.member_id
    WHERE party.parent_id IS NOT NULL AND above.distance < 20
),
root AS (
    SELECT DISTINCT ON (party_id) party_id, member_id FROM above ORDER BY party_id, distance DESC
),
below (party_id, member_id, distance) AS (
    SELECT party_id, member_id, 0 FROM root
    UNION ALL
    SELECT below.party_id, party.id, below.distance + 1
    FROM below
    JOIN parties_party AS party ON party.tenant_id = %(tenant_id)s AND party.parent_id = below.member_id
    WHERE below.distance < 20
),
members AS (
    SELECT party_id, member_id, min(distance) AS distance
    FROM (SELECT party_id, member_id, distance FROM above
          UNION ALL SELECT party_id, member_id, 100 FROM below) AS either
    GROUP BY party_id, member_id
),
found AS (
    SELECT asked.text, asked.party_id, members.distance, part.product_id
    FROM asked
    JOIN members ON members.party_id = asked.party_id
    JOIN catalog_partnumber AS part
      ON part.tenant_id = %(tenant_id)s AND part.party_id = members.member_id
     AND part.number IN (asked.text, upper(asked.text))
    UNION ALL
    SELECT asked.text, asked.party_id, CASE WHEN product.sku = asked.text THEN 200 ELSE 201 END, product.id
    FROM asked
    JOIN catalog_product AS product
      ON product.tenant_id = %(tenant_id)s AND product.sku IN (asked.text, upper(asked.text))
)
SELECT DISTINCT ON (text, party_id) text, party_id, array_agg(DISTINCT product_id) AS product_ids
FROM found
GROUP BY text, party_id, distance
ORDER BY text, party_id, distance
