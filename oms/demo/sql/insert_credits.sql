INSERT INTO channel_inventory_claimcredit (
    id, tenant_id, number, partner_id, currency, credit_date, total, issued_at, frozen
)
SELECT credit_id, %(tenant_id)s, number, partner_id, currency, reported_on + 30, total,
       reported_on + 30 + time '16:00', '{}'
FROM demo_credit
