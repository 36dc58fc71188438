-- What the liability ledger holds of each claim line is what its state and amount say. Waiting without a denial: its
-- amount is estimated. Approved: its amount is claimed, until a credit memo settles it. Denied: nothing. Reversed: what
-- was settled before is owed back. So nothing is open below zero but bill-backs.
WITH told AS (
    SELECT
        claim_line_id, sum(estimated) AS estimated, sum(claimed) AS claimed,
        coalesce(sum(claimed) FILTER (WHERE entry = 'settle'), 0) AS settled
    FROM channel_inventory_liabilityledger
    WHERE tenant_id = %(tenant)s AND claim_line_id IS NOT NULL
    GROUP BY claim_line_id
),
found AS (
    SELECT
        'channel_inventory_claimline' AS table_name, n.id AS row_id,
        'claim ' || h.number || ', line ' || n.id || ', ' || n.state AS name, v.what, v.expected, v.found
    FROM channel_inventory_claimline n
    JOIN channel_inventory_claim h ON h.tenant_id = n.tenant_id AND h.id = n.claim_id
    LEFT JOIN told t ON t.claim_line_id = n.id
    -- what a person once said against it counts no more when the line waits again
    CROSS JOIN LATERAL (
        SELECT count(*) > 0 AS is_denied
        FROM jsonb_array_elements(n.findings) AS f (finding)
        WHERE (f.finding ->> 'is_denial')::boolean AND NOT coalesce((f.finding ->> 'by_hand')::boolean, false)
    ) d
    CROSS JOIN LATERAL (
        VALUES
        (
            'estimated',
            CASE WHEN n.state = 'pending' AND NOT d.is_denied THEN n.amount ELSE 0 END,
            coalesce(t.estimated, 0)
        ),
        (
            'claimed',
            CASE WHEN n.state = 'approved' THEN n.amount ELSE 0 END + coalesce(t.settled, 0),
            coalesce(t.claimed, 0)
        ),
        (
            'settled',
            -- what was credited and then reversed is taken off a later memo, whole
            CASE
                WHEN n.credit_id IS NULL OR (n.state = 'reversed' AND coalesce(t.settled, 0) = 0) THEN 0
                ELSE -n.amount
            END,
            coalesce(t.settled, 0)
        )
    ) AS v (what, expected, found)
    WHERE n.tenant_id = %(tenant)s
)
SELECT f.*, count(*) OVER () AS total, sum(abs(coalesce(f.found, 0) - coalesce(f.expected, 0))) OVER () AS difference
FROM found f
WHERE f.expected IS DISTINCT FROM f.found
ORDER BY f.row_id, f.what
LIMIT %(limit)s
