-- The parties that order, numbered from 0, with their currency and first ship-to.
CREATE TEMPORARY TABLE demo_sell_to ON COMMIT DROP AS
SELECT p.id, row_number() OVER (ORDER BY p.id) - 1 AS position, coalesce(nullif(p.currency, ''), t.currency) AS currency,
       (SELECT min(l.id) FROM parties_location l
        WHERE l.tenant_id = p.tenant_id AND l.party_id = p.id AND l.purpose = 'ship_to') AS ship_to_id
FROM parties_party p
JOIN tenancy_tenant t ON t.id = p.tenant_id
WHERE p.tenant_id = %(tenant_id)s
  AND EXISTS (SELECT FROM parties_partyrolefact r
              WHERE r.tenant_id = p.tenant_id AND r.party_id = p.id AND r.role = 'sell_to')
