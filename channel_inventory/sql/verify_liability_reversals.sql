-- A reversal is the exact negative of the row that it names, once; and what moves the claimed bucket says when the claim
-- was received, so that it ages.
WITH found AS (
    SELECT
        'channel_inventory_liabilityledger' AS table_name, b.id AS row_id, 'reverses row ' || r.id AS name, v.what,
        v.expected, v.found
    FROM channel_inventory_liabilityledger b
    JOIN channel_inventory_liabilityledger r ON r.tenant_id = b.tenant_id AND r.id = b.reverses_id
    CROSS JOIN LATERAL (
        VALUES
        ('estimated', -r.estimated, b.estimated),
        ('claimed', -r.claimed, b.claimed),
        ('partner', r.partner_id, b.partner_id)
    ) AS v (what, expected, found)
    WHERE b.tenant_id = %(tenant)s AND b.reverses_id IS NOT NULL
    UNION ALL
    SELECT
        'channel_inventory_liabilityledger', reverses_id, 'row ' || reverses_id, 'reversals', 1, count(*)
    FROM channel_inventory_liabilityledger
    WHERE tenant_id = %(tenant)s AND reverses_id IS NOT NULL
    GROUP BY reverses_id
    UNION ALL
    SELECT 'channel_inventory_liabilityledger', id, 'row ' || id, 'received', 0, claimed
    FROM channel_inventory_liabilityledger
    WHERE tenant_id = %(tenant)s AND claimed <> 0 AND received_on IS NULL
)
SELECT f.*, count(*) OVER () AS total, sum(abs(coalesce(f.found, 0) - coalesce(f.expected, 0))) OVER () AS difference
FROM found f
WHERE f.expected IS DISTINCT FROM f.found
ORDER BY f.row_id, f.what
LIMIT %(limit)s
