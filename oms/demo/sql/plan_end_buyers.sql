CREATE TEMPORARY TABLE demo_end_buyer ON COMMIT DROP AS
SELECT r.party_id AS id, row_number() OVER (ORDER BY r.party_id) - 1 AS position
FROM parties_partyrolefact r
WHERE r.tenant_id = %(tenant_id)s AND r.role = 'end_buyer'
