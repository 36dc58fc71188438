-- One agreement for ten lines of one end buyer; every third is ship and debit. Where distributors who are billed in euro
-- are few enough to be told one by one, each of these has a twin in euro: they claim in their own currency. Written for
-- the tenant in scope.
INSERT INTO pricing_agreement (
    tenant_id, number, revision, mechanism, end_buyer_id, project, currency, valid_from, valid_to, status, note, created_at
)
SELECT %(tenant_id)s, money.prefix || 1000 + a, 1, CASE WHEN a %% 3 = 0 THEN 'ship_and_debit' ELSE 'direct' END, b.id, '', money.currency,
       %(valid_from)s, %(valid_to)s, 'approved', '', %(at)s
FROM generate_series(0, (%(lines)s - 1) / 10) AS a
JOIN (VALUES ('SPA-', 'USD'), ('SPE-', 'EUR')) AS money (prefix, currency)
  ON money.currency = 'USD' OR (%(in_euro)s AND a %% 3 = 0)
JOIN (
    SELECT party_id AS id, row_number() OVER (ORDER BY party_id) - 1 AS position
    FROM parties_partyrolefact WHERE tenant_id = %(tenant_id)s AND role = 'end_buyer'
) b ON b.position = a %% %(end_buyers)s
