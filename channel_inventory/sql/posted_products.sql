-- Whose stock the posting moved.
SELECT DISTINCT p.partner_id, p.product_id FROM channel_posting p ORDER BY p.partner_id, p.product_id
