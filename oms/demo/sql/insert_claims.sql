INSERT INTO channel_inventory_claim (
    id, tenant_id, number, partner_id, batch_id, currency, received_on, state, created_at
)
SELECT claim_id, %(tenant_id)s, 'CL-' || number, partner_id, batch_id, currency, reported_on,
       CASE WHEN is_settled THEN 'credited' ELSE 'open' END, reported_on + time '17:05'
FROM demo_claim
