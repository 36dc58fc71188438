-- Claims of some lines, and of the lines they correct, that do not stand any more: the sale was corrected, is certified to
-- somebody else or to nobody, or a claim that waits would come out otherwise now. What is left of a cap does not count,
-- as long as it changes no finding. All claims of these lines are locked, in key order. Index claim_line_of_pos_line.
WITH line AS MATERIALIZED (
    SELECT s.id, s.state, s.end_buyer_id, s.corrects_id
    FROM channel_inventory_posline s
    WHERE s.tenant_id = %(tenant)s AND s.id = ANY (%(lines)s::bigint[])
),
claimed AS (
    SELECT line.id FROM line
    UNION
    SELECT line.corrects_id FROM line WHERE line.corrects_id IS NOT NULL
),
old AS MATERIALIZED (
    SELECT c.*
    FROM claimed
    JOIN channel_inventory_claimline c ON c.tenant_id = %(tenant)s AND c.pos_line_id = claimed.id
    WHERE c.state <> 'reversed'
    ORDER BY c.id
    FOR NO KEY UPDATE OF c
)
SELECT old.id
FROM old
LEFT JOIN line ON line.id = old.pos_line_id AND line.state = 'current'
LEFT JOIN channel_claim_fact f ON f.sale_id = old.pos_line_id
LEFT JOIN channel_claim_worth w ON w.sale_id = old.pos_line_id
CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_agg(jsonb_build_array(e.found -> 'code', e.found -> 'is_denial') ORDER BY e.place), '[]')
    FROM jsonb_array_elements(old.findings) WITH ORDINALITY AS e (found, place)
    WHERE NOT coalesce((e.found ->> 'by_hand')::boolean, false)
) AS was (findings)
CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_agg(jsonb_build_array(e.code, e.is_denial) ORDER BY NOT e.is_denial, e.place), '[]')
    FROM channel_claim_finding e
    WHERE e.sale_id = old.pos_line_id
) AS would (findings)
WHERE line.id IS NULL
   OR (old.reverses_id IS NULL AND old.end_buyer_id IS DISTINCT FROM line.end_buyer_id)
   OR (
       old.reverses_id IS NULL AND old.state = 'pending'
       AND (
           f.sale_id IS NULL
           OR (old.amount, old.quantity, old.agreement_line_id, old.currency, old.agreed_cost, old.claimed_amount)
               IS DISTINCT FROM (w.amount, f.quantity, f.line_id, f.claim_currency, f.price, f.claimed_amount)
           OR was.findings <> would.findings
           OR old.receipt -> 'pieces' <> w.pieces
       )
   )
ORDER BY old.id
