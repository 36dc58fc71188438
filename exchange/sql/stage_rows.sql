-- The rows of a file as received, moved into the table that everybody reads.
INSERT INTO exchange_importrow (tenant_id, batch_id, number, source, "values", state, change, findings)
SELECT %(tenant_id)s, %(batch_id)s, number, source, '{}', 'staged', '', findings
FROM exchange_staged
ORDER BY number
