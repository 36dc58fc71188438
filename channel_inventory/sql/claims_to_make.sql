-- Reports and currencies in which something is claimed now, and which have no claim yet. Index claim_of_report_once.
SELECT f.batch_id, f.claim_currency, min(f.partner_id), min(f.received_on)
FROM channel_claim_fact f
WHERE NOT EXISTS (
    SELECT
    FROM channel_inventory_claim h
    WHERE h.tenant_id = %(tenant)s AND h.batch_id = f.batch_id AND h.currency = f.claim_currency
)
AND NOT EXISTS (
    SELECT
    FROM channel_inventory_claimline c
    WHERE c.tenant_id = %(tenant)s AND c.pos_line_id = f.sale_id AND c.state <> 'reversed'
)
GROUP BY f.batch_id, f.claim_currency
ORDER BY f.batch_id, f.claim_currency
