-- The returns that stand against these sales or an earlier version of them. Index pos_line_returned.
WITH RECURSIVE version (id, corrects_id) AS (
    SELECT s.id, s.corrects_id
    FROM channel_inventory_posline s
    WHERE s.tenant_id = %(tenant)s::bigint AND s.id = ANY (%(lines)s::bigint[])
    UNION
    SELECT s.id, s.corrects_id
    FROM version
    JOIN channel_inventory_posline s ON s.tenant_id = %(tenant)s::bigint AND s.id = version.corrects_id
)
SELECT r.id
FROM version
JOIN channel_inventory_posline r ON r.tenant_id = %(tenant)s::bigint AND r.returns_id = version.id
WHERE r.state = 'current' AND r.quantity < 0
ORDER BY r.id
