-- A credit memo gives what its settle rows take, to its own partner and in its own currency, and holds the lines that
-- it settled, less what it takes off of lines that an earlier one had credited and that were reversed since.
WITH told AS (
    SELECT
        l.credit_id, -sum(l.claimed) AS settled,
        count(*) FILTER (WHERE l.partner_id <> c.partner_id OR l.currency <> c.currency) AS strange
    FROM channel_inventory_liabilityledger l
    JOIN channel_inventory_claimcredit c ON c.tenant_id = l.tenant_id AND c.id = l.credit_id
    WHERE l.tenant_id = %(tenant)s AND l.entry = 'settle'
    GROUP BY l.credit_id
),
lines AS (
    SELECT credit_id, sum(amount) AS total
    FROM channel_inventory_claimline
    WHERE tenant_id = %(tenant)s AND credit_id IS NOT NULL
    GROUP BY credit_id
),
found AS (
    SELECT
        'channel_inventory_claimcredit' AS table_name, c.id AS row_id, c.number AS name, v.what, v.expected, v.found
    FROM channel_inventory_claimcredit c
    LEFT JOIN told t ON t.credit_id = c.id
    LEFT JOIN lines n ON n.credit_id = c.id
    CROSS JOIN LATERAL (
        VALUES
        ('settled', c.total::numeric, coalesce(t.settled, 0)),
        ('lines', c.total::numeric, coalesce(n.total, 0) + coalesce((c.frozen ->> 'recovered')::bigint, 0)),
        ('rows of others', 0::numeric, coalesce(t.strange, 0)::numeric)
    ) AS v (what, expected, found)
    WHERE c.tenant_id = %(tenant)s
)
SELECT f.*, count(*) OVER () AS total, sum(abs(coalesce(f.found, 0) - coalesce(f.expected, 0))) OVER () AS difference
FROM found f
WHERE f.expected IS DISTINCT FROM f.found
ORDER BY f.row_id, f.what
LIMIT %(limit)s
