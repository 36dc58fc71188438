-- A claim for each report and currency in which anything is claimed.
CREATE TEMPORARY TABLE demo_claim ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('channel_inventory_claim', 'id')) AS claim_id, told.*,
       nextval(('oms_numbers.claim_' || %(tenant_id)s)::regclass) AS number
FROM (
    SELECT batch_id, currency, min(partner_id) AS partner_id, min(reported_on) AS reported_on,
           bool_and(state = 'denied' OR (state = 'approved' AND is_credited)) AS is_settled
    FROM demo_sale
    WHERE amount > 0
    GROUP BY batch_id, currency
    ORDER BY min(reported_on), batch_id, currency
) AS told
