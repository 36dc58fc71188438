SELECT f.id FROM (
    SELECT id FROM orders_order WHERE tenant_id = %(tenant)s AND customer_po_key LIKE %(pattern)s LIMIT 1000
) f ORDER BY f.id DESC LIMIT %(most)s
