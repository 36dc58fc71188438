-- what oms_find_orders asks, for a text of three letters and more
SELECT f.id FROM (
    SELECT id, 0 AS rank FROM orders_order
    WHERE tenant_id = %(tenant)s AND number = ANY (
        ARRAY(SELECT 'SO-' || y || '-' || %(text)s FROM generate_series(20, 39) AS y) || upper(%(text)s))
    UNION ALL
    (SELECT id, CASE WHEN customer_po_key = %(text)s THEN 0 ELSE 1 END FROM orders_order
    WHERE tenant_id = %(tenant)s AND customer_po_key LIKE '%%' || %(text)s || '%%' LIMIT 1000)
) f GROUP BY f.id ORDER BY min(f.rank), f.id DESC LIMIT %(most)s
