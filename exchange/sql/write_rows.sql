-- The rows of a file as received, with what was found of them, in its order.
INSERT INTO exchange_importrow (tenant_id, batch_id, number, source, "values", state, change, findings)
SELECT %(tenant_id)s, %(batch_id)s, number, source, found, state, change, findings
FROM exchange_judged
