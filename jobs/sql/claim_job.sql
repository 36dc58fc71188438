-- One winner among all workers: who finds the row locked, leased or done goes home.
UPDATE jobs_jobrequest job
   SET state = 'running', attempts = job.attempts + 1, started_at = %(at)s, lease_until = %(lease_until)s,
       progress_done = 0, progress_total = NULL, progress_note = ''
  FROM (
        SELECT tenant_id, id
          FROM jobs_jobrequest
         WHERE tenant_id = %(tenant_id)s AND id = %(job_id)s AND due_at <= %(at)s AND attempts < max_attempts
           AND (state = 'queued' OR (state = 'running' AND lease_until <= %(at)s))
           FOR UPDATE SKIP LOCKED
       ) free
 WHERE job.tenant_id = free.tenant_id AND job.id = free.id
RETURNING job.kind, job.payload, job.requested_by_id, job.party_id, job.attempts, job.max_attempts
