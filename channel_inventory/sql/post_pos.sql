-- Ledger rows of POS lines: the difference between what a line is to have moved and what its rows say so far. Index
-- stock_of_pos_line.
INSERT INTO channel_inventory_stockledger (
    tenant_id, partner_id, location_id, product_id, ownership, kind, quantity, business_date, event_date, recorded_at,
    pos_line_id, reverses_id, reason, actor_id, source_key
)
SELECT
    %(tenant)s, l.partner_id, l.location_id, l.product_id, 'theirs',
    CASE WHEN p.is_return THEN 'end_return' ELSE 'pos' END,
    -p.target - coalesce(told.quantity, 0),
    greatest(l.invoice_date, %(first_open)s::date), l.invoice_date, %(at)s,
    l.id, told.first_id,
    CASE WHEN told.first_id IS NULL THEN '' ELSE 'corrected report' END, %(actor)s::bigint,
    'pos:' || l.id || ':' || coalesce(told.rows, 0)
FROM channel_posting p
JOIN channel_inventory_posline l ON l.tenant_id = %(tenant)s AND l.id = p.line_id
LEFT JOIN (
    SELECT s.pos_line_id, sum(s.quantity) AS quantity, count(*) AS rows, min(s.id) AS first_id
    FROM channel_inventory_stockledger s
    JOIN channel_posting mine ON mine.line_id = s.pos_line_id
    WHERE s.tenant_id = %(tenant)s
    GROUP BY s.pos_line_id
) AS told ON told.pos_line_id = p.line_id
WHERE -p.target <> coalesce(told.quantity, 0)
ORDER BY p.on_date, p.line_key, p.line_id
