-- The second of two clicks at once waits here for the first one's transaction.
INSERT INTO tenancy_click (tenant_id, key, member_id, path, body, location, created_at)
VALUES (%(tenant_id)s, %(key)s, %(member_id)s, %(path)s, %(body)s, '', now())
ON CONFLICT (tenant_id, key) DO NOTHING
RETURNING id
