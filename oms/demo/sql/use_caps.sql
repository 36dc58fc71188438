-- What approved claims took of their agreements.
UPDATE pricing_agreementline l
SET consumed_qty = l.consumed_qty + used.quantity
FROM (
    SELECT claimed_line_id, sum(sold_quantity)::bigint AS quantity
    FROM demo_claimed
    WHERE state = 'approved'
    GROUP BY claimed_line_id
) AS used
WHERE l.tenant_id = %(tenant_id)s AND l.id = used.claimed_line_id
