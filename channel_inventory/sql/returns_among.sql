-- Lines that take a sale back, among these, and those that stand against some sales or an earlier version of them.
-- Index pos_line_returned.
WITH RECURSIVE version (id, corrects_id) AS (
    SELECT s.id, s.corrects_id
    FROM channel_inventory_posline s
    WHERE s.tenant_id = %(tenant)s AND s.id = ANY (%(sales)s::bigint[])
    UNION
    SELECT s.id, s.corrects_id
    FROM version
    JOIN channel_inventory_posline s ON s.tenant_id = %(tenant)s AND s.id = version.corrects_id
)
SELECT r.id
FROM channel_inventory_posline r
WHERE r.tenant_id = %(tenant)s AND r.id = ANY (%(lines)s::bigint[])
  AND r.state = 'current' AND r.quantity < 0 AND r.returns_id IS NOT NULL
UNION
SELECT r.id
FROM version
JOIN channel_inventory_posline r ON r.tenant_id = %(tenant)s AND r.returns_id = version.id
WHERE r.state = 'current' AND r.quantity < 0
ORDER BY 1
