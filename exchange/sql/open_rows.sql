-- Rows of one file that may still be taken, in its order. Findings only where something was seen while reading: the
-- rest is found anew. Leans on import_row_once.
SELECT id, number, source, CASE WHEN findings @? '$[*] ? (@.is_from_file == true)' THEN findings END AS findings
FROM exchange_importrow
WHERE tenant_id = %(tenant_id)s AND batch_id = %(batch_id)s AND state <> 'taken'
ORDER BY number
