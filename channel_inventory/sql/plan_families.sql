-- Returns and corrections, with all versions of their sale and all its returns. Indexes: the primary key upward,
-- pos_line_corrected and pos_line_returned downward. A sale gives back no more than it took: the rest of a return moves
-- nothing while the sale, as corrected, is smaller than what is said to have come back.
WITH RECURSIVE told AS (
    SELECT coalesce(l.returns_id, l.id) AS id
    FROM unnest(%(lines)s::bigint[]) AS asked (id)
    JOIN channel_inventory_posline l ON l.tenant_id = %(tenant)s AND l.id = asked.id
    WHERE l.corrects_id IS NOT NULL OR l.returns_id IS NOT NULL
    UNION
    -- the version before may have belonged to another sale
    SELECT coalesce(old.returns_id, old.id)
    FROM unnest(%(lines)s::bigint[]) AS asked (id)
    JOIN channel_inventory_posline l ON l.tenant_id = %(tenant)s AND l.id = asked.id
    JOIN channel_inventory_posline old ON old.tenant_id = l.tenant_id AND old.id = l.corrects_id
),
climb AS (
    SELECT p.id, p.corrects_id
    FROM told
    JOIN channel_inventory_posline p ON p.tenant_id = %(tenant)s AND p.id = told.id
    UNION
    SELECT p.id, p.corrects_id
    FROM climb
    JOIN channel_inventory_posline p ON p.tenant_id = %(tenant)s AND p.id = climb.corrects_id
),
version AS (
    SELECT climb.id AS root_id, climb.id FROM climb WHERE climb.corrects_id IS NULL
    UNION
    SELECT version.root_id, p.id
    FROM version
    JOIN channel_inventory_posline p ON p.tenant_id = %(tenant)s AND p.corrects_id = version.id
),
member AS (
    SELECT version.root_id, p.id, false AS is_return
    FROM version
    JOIN channel_inventory_posline p ON p.tenant_id = %(tenant)s AND p.id = version.id
    WHERE p.returns_id IS NULL
    UNION
    SELECT version.root_id, p.id, true
    FROM version
    JOIN channel_inventory_posline p ON p.tenant_id = %(tenant)s AND p.returns_id = version.id
),
line AS (
    SELECT
        m.root_id, m.is_return, l.id, l.partner_id, l.product_id, l.invoice_date, l.line_key,
        CASE
            WHEN l.state <> 'current' THEN 0
            WHEN m.is_return THEN greatest(-l.quantity, 0)
            ELSE greatest(l.quantity, 0)
        END AS quantity
    FROM member m
    JOIN channel_inventory_posline l ON l.tenant_id = %(tenant)s AND l.id = m.id
),
counted AS (
    SELECT
        line.*,
        coalesce(sum(line.quantity) FILTER (WHERE NOT line.is_return) OVER of_product, 0) AS sold,
        coalesce(sum(line.quantity) FILTER (WHERE line.is_return) OVER (
            of_product ORDER BY line.invoice_date, line.line_key, line.id
        ), 0) AS back
    FROM line
    WINDOW of_product AS (PARTITION BY line.root_id, line.product_id)
)
INSERT INTO channel_posting (line_id, root_id, partner_id, product_id, on_date, line_key, is_return, target)
SELECT
    c.id, c.root_id, c.partner_id, c.product_id, c.invoice_date, c.line_key, c.is_return,
    CASE
        WHEN c.is_return THEN -(least(c.back, c.sold) - least(c.back - c.quantity, c.sold))
        ELSE c.quantity
    END
FROM counted c
ON CONFLICT (line_id) DO UPDATE
SET root_id = excluded.root_id, is_return = excluded.is_return, target = excluded.target
