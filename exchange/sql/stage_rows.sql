-- The rows of a file as received, moved into the table that everybody reads.
WITH moved AS (DELETE FROM exchange_staged RETURNING number, source, findings)
INSERT INTO exchange_importrow (tenant_id, batch_id, number, source, "values", state, change, findings)
SELECT %(tenant_id)s, %(batch_id)s, number, source, '{}', 'staged', '', findings
FROM moved
ORDER BY number
