-- Takes the outcomes of these orders away, or all of them when `orders` is empty.
DELETE FROM metrics_deliveryoutcome t
WHERE t.tenant_id = %(tenant)s AND (%(orders)s::bigint[] IS NULL OR t.order_id = ANY(%(orders)s::bigint[]))
