-- One agreement for ten lines of one end buyer; every third is ship and debit. Written for the tenant in scope.
INSERT INTO pricing_agreement (
    tenant_id, number, revision, mechanism, end_buyer_id, project, currency, valid_from, valid_to, status, note, created_at
)
SELECT %(tenant_id)s, 'SPA-' || 1000 + a, 1, CASE WHEN a %% 3 = 0 THEN 'ship_and_debit' ELSE 'direct' END, b.id, '', 'USD',
       %(valid_from)s, %(valid_to)s, 'approved', '', %(at)s
FROM generate_series(0, (%(lines)s - 1) / 10) AS a
JOIN (
    SELECT party_id AS id, row_number() OVER (ORDER BY party_id) - 1 AS position
    FROM parties_partyrolefact WHERE tenant_id = %(tenant_id)s AND role = 'end_buyer'
) b ON b.position = a %% %(end_buyers)s
