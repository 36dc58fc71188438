-- End buyers that are named like each text, the likest first. The function is the owner's: under policies no trigram
-- index would serve (party_name_text, alias_text).
SELECT key, party_id, score::numeric(4, 3)
FROM oms_like_end_buyers(%(keys)s::bigint[], %(texts)s::text[], %(most)s::integer)
ORDER BY key, score DESC, party_id
