-- The places up to an id with their countries, as a digest; and the last of all.
SELECT
    md5(coalesce(string_agg(id || ' ' || country, ',' ORDER BY id) FILTER (WHERE id <= %(last_place)s), '')) AS places,
    coalesce(max(id), 0) AS last
FROM parties_location
WHERE tenant_id = %(tenant)s
