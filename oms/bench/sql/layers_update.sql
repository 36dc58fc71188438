UPDATE channel_inventory_costlayer l
SET remaining = l.remaining + took.quantity
FROM (SELECT p.layer_id, sum(p.quantity) AS quantity FROM bench_pieces p GROUP BY p.layer_id) AS took
WHERE l.tenant_id = %(tenant)s AND l.id = took.layer_id
