-- Gives lines the end buyer of their text. Leans on pos_line_uncertified: lines that have one are not read again.
WITH wanted AS (
    SELECT line.id, text.party_id
    FROM channel_inventory_reportedendbuyer AS text
    JOIN channel_inventory_posline AS line
      ON line.tenant_id = text.tenant_id AND line.reported_end_buyer_id = text.id
     AND line.state = 'current' AND line.end_buyer_id IS NULL
    WHERE text.tenant_id = %(tenant_id)s AND text.id = ANY (%(texts)s::bigint[]) AND text.state = 'certified'
    ORDER BY line.id
    FOR NO KEY UPDATE OF line
)
UPDATE channel_inventory_posline AS line
SET end_buyer_id = wanted.party_id
FROM wanted
WHERE line.tenant_id = %(tenant_id)s AND line.id = wanted.id
RETURNING line.id
