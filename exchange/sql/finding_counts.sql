SELECT finding ->> 'severity' AS severity,
       finding ->> 'code' AS code,
       finding ->> 'field' AS field,
       min(finding ->> 'message') AS example,
       count(*) AS rows
FROM exchange_importrow AS stored
CROSS JOIN LATERAL jsonb_array_elements(stored.findings) AS finding
WHERE stored.tenant_id = %(tenant_id)s AND stored.batch_id = %(batch_id)s
GROUP BY 1, 2, 3
ORDER BY severity, rows DESC, code
LIMIT 30
