-- What left on confirmed shipments is what the ledger shipped, for every schedule that has a shipment: the value on
-- the dock's document is the value that left the backlog and that will be billed.
WITH left_dock AS (
    SELECT
        n.schedule_id,
        coalesce(oms_sum(n.quantity) FILTER (WHERE s.status = 'confirmed'), 0) AS quantity,
        coalesce(oms_sum(n.value) FILTER (WHERE s.status = 'confirmed'), 0) AS value
    FROM fulfilment_shipmentline n
    JOIN fulfilment_shipment s ON s.tenant_id = n.tenant_id AND s.id = n.shipment_id
    WHERE n.tenant_id = %(tenant)s
    GROUP BY n.schedule_id
),
ledger AS (
    SELECT schedule_id, min(order_id) AS order_id, -oms_sum(quantity_delta) AS quantity, -oms_sum(value_delta) AS value
    FROM orders_orderledger
    WHERE tenant_id = %(tenant)s AND verb IN ('shipped', 'unshipped')
    GROUP BY schedule_id
),
found AS (
    SELECT
        'orders_schedule' AS table_name, schedule_id AS row_id, 'order ' || coalesce(l.order_id, 0) AS name,
        v.what, v.expected, v.found
    FROM left_dock d
    LEFT JOIN ledger l USING (schedule_id)
    CROSS JOIN LATERAL (
        VALUES
        ('shipped quantity', coalesce(l.quantity, 0), d.quantity),
        ('shipped value', coalesce(l.value, 0), d.value)
    ) AS v (what, expected, found)
    WHERE (d.quantity, d.value) IS DISTINCT FROM (coalesce(l.quantity, 0), coalesce(l.value, 0))
)
SELECT f.*, count(*) OVER () AS total, sum(abs(coalesce(f.found, 0) - coalesce(f.expected, 0))) OVER () AS difference
FROM found f
WHERE f.expected IS DISTINCT FROM f.found
ORDER BY f.row_id, f.what
LIMIT %(limit)s
