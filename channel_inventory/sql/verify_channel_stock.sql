-- What moved at a partner is what its layers hold less what was sold without one; each line of a report took from
-- layers, or lacked, what it moved; and the positions say so.
WITH ledger AS (
    SELECT s.partner_id, s.product_id, sum(s.quantity) AS quantity
    FROM channel_inventory_stockledger s
    WHERE s.tenant_id = %(tenant)s AND s.ownership = 'theirs'
    GROUP BY s.partner_id, s.product_id
),
holding AS (
    SELECT v.partner_id, v.product_id, sum(v.quantity) AS quantity
    FROM (
        SELECT l.partner_id, l.product_id, l.remaining AS quantity
        FROM channel_inventory_costlayer l
        WHERE l.tenant_id = %(tenant)s AND l.ownership = 'theirs'
        UNION ALL
        SELECT coalesce(owner.merged_into_id, owner.id), coalesce(p.product_id, s.product_id), -c.quantity
        FROM channel_inventory_layerconsumption c
        LEFT JOIN channel_inventory_posline p ON p.tenant_id = %(tenant)s AND p.id = c.pos_line_id
        LEFT JOIN channel_inventory_stockledger s ON s.tenant_id = %(tenant)s AND s.id = c.stock_row_id
        -- what a merged partner sold without a layer is its survivor's to fill
        JOIN parties_party owner ON owner.tenant_id = %(tenant)s AND owner.id = coalesce(p.partner_id, s.partner_id)
        WHERE c.tenant_id = %(tenant)s AND c.layer_id IS NULL
    ) AS v
    GROUP BY v.partner_id, v.product_id
),
told AS (
    SELECT s.pos_line_id, -sum(s.quantity) AS quantity
    FROM channel_inventory_stockledger s
    WHERE s.tenant_id = %(tenant)s AND s.pos_line_id IS NOT NULL
    GROUP BY s.pos_line_id
),
taken AS (
    SELECT c.pos_line_id, sum(c.quantity) AS quantity
    FROM channel_inventory_layerconsumption c
    WHERE c.tenant_id = %(tenant)s AND c.pos_line_id IS NOT NULL
    GROUP BY c.pos_line_id
),
found AS (
    SELECT
        'channel_inventory_costlayer' AS table_name, NULL::bigint AS row_id,
        'partner ' || partner_id || ', product ' || product_id AS name, 'layers less shortages' AS what,
        coalesce(ledger.quantity, 0) AS expected, coalesce(holding.quantity, 0) AS found
    FROM ledger
    FULL JOIN holding USING (partner_id, product_id)
    UNION ALL
    SELECT
        'channel_inventory_posline', pos_line_id, 'line of a report', 'taken from layers or short',
        coalesce(told.quantity, 0), coalesce(taken.quantity, 0)
    FROM told
    FULL JOIN taken USING (pos_line_id)
    UNION ALL
    SELECT
        'channel_inventory_stockposition', p.id, 'partner ' || p.partner_id || ', product ' || p.product_id, 'on hand',
        coalesce(ledger.quantity, 0), p.on_hand
    FROM channel_inventory_stockposition p
    LEFT JOIN ledger ON ledger.partner_id = p.partner_id AND ledger.product_id = p.product_id
    WHERE p.tenant_id = %(tenant)s
)
SELECT f.*, count(*) OVER () AS total, sum(abs(coalesce(f.found, 0) - coalesce(f.expected, 0))) OVER () AS difference
FROM found f
WHERE f.expected IS DISTINCT FROM f.found
ORDER BY f.row_id, f.what
LIMIT %(limit)s
