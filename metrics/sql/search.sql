-- Ids of what a text may mean, kind by kind, the best first. Kinds that were not asked for are not searched.
SELECT kind, place, id
FROM oms_search(%(wanted)s::text, %(plain)s::text, %(most)s::integer, %(kinds)s::text[])
