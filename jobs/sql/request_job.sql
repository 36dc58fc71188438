-- The same work asked for twice is one job; a second asker waits for the first one's transaction.
INSERT INTO jobs_jobrequest (
    tenant_id, kind, unique_key, payload, state, attempts, max_attempts, due_at,
    progress_done, progress_note, error, requested_by_id, party_id, created_at
)
VALUES (
    %(tenant_id)s, %(kind)s, %(unique_key)s, %(payload)s, 'queued', 0, %(max_attempts)s, %(due_at)s,
    0, '', '', %(requested_by_id)s, %(party_id)s, %(at)s
)
ON CONFLICT (tenant_id, kind, unique_key) DO NOTHING
RETURNING id
