-- A credit memo for each claim of which something was approved, a month after it came. Their numbers have no gaps.
CREATE TEMPORARY TABLE demo_credit ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('channel_inventory_claimcredit', 'id')) AS credit_id, told.*,
       'CR-' || lpad((next.number - 1 + row_number() OVER (ORDER BY reported_on, claim_id))::text, 6, '0') AS number
FROM (
    SELECT c.claim_id, c.partner_id, c.currency, c.reported_on, sum(s.amount)::bigint AS total
    FROM demo_claim c
    JOIN demo_sale s ON s.batch_id = c.batch_id AND s.currency = c.currency
    WHERE s.amount > 0 AND s.is_credited
    GROUP BY c.claim_id, c.partner_id, c.currency, c.reported_on
    ORDER BY c.reported_on, c.claim_id
) AS told
CROSS JOIN (
    SELECT next_number AS number FROM tenancy_counter WHERE tenant_id = %(tenant_id)s AND kind = 'claim_credit'
) AS next
