-- Lines that stand alone: sales that correct nothing. What returns name is planned with its family.
INSERT INTO channel_posting (line_id, root_id, partner_id, product_id, on_date, line_key, is_return, target)
SELECT
    l.id, l.id, l.partner_id, l.product_id, l.invoice_date, l.line_key, false,
    CASE WHEN l.state = 'current' THEN greatest(l.quantity, 0) ELSE 0 END
FROM unnest(%(lines)s::bigint[]) AS asked (id)
JOIN channel_inventory_posline l ON l.tenant_id = %(tenant)s AND l.id = asked.id
WHERE l.corrects_id IS NULL AND l.returns_id IS NULL
ON CONFLICT DO NOTHING
