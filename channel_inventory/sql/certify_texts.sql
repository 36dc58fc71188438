-- Writes who the texts are; found by their keys.
UPDATE channel_inventory_reportedendbuyer AS text
SET state = 'certified', party_id = found.party, method = found.method, score = NULL, alias_id = NULL,
    decided_by_id = NULL, decided_at = %(at)s
FROM unnest(%(texts)s::bigint[], %(parties)s::bigint[], %(methods)s::text[]) AS found (id, party, method)
WHERE text.tenant_id = %(tenant_id)s AND text.id = found.id
