-- Credit memos of every partner, one a month over two years.
INSERT INTO channel_inventory_claimcredit (
    tenant_id, number, partner_id, currency, credit_date, total, issued_at, frozen
)
SELECT
    %(tenant)s, 'CR-B' || p.id || '-' || m.month, p.id, t.currency,
    %(today)s::date - 30 * m.month, 0, now(), '{}'
FROM (
    SELECT DISTINCT f.party_id AS id FROM parties_partyrolefact f WHERE f.tenant_id = %(tenant)s AND f.role = 'sell_to'
) p
CROSS JOIN generate_series(0, 24) AS m (month)
JOIN tenancy_tenant t ON t.id = %(tenant)s
