-- An invoice is the sum of its lines, and each of its lines stands in the ledger once, as it is.
WITH lines AS (
    SELECT invoice_id, oms_sum(value) AS total
    FROM orders_invoiceline
    WHERE tenant_id = %(tenant)s
    GROUP BY invoice_id
),
told AS (
    SELECT invoice_line_id, count(*) AS rows, oms_sum(quantity_delta) AS quantity, oms_sum(value_delta) AS value
    FROM orders_orderledger
    WHERE tenant_id = %(tenant)s AND verb IN ('invoiced', 'credited') AND invoice_line_id IS NOT NULL
    GROUP BY invoice_line_id
),
found AS (
    SELECT
        'orders_invoice' AS table_name, i.id AS row_id, i.number AS name, 'total' AS what,
        coalesce(l.total, 0) AS expected, i.total AS found
    FROM orders_invoice i
    LEFT JOIN lines l ON l.invoice_id = i.id
    WHERE i.tenant_id = %(tenant)s AND i.total IS DISTINCT FROM coalesce(l.total, 0)
    UNION ALL
    SELECT
        'orders_invoiceline', n.id, i.number || ', schedule ' || n.schedule_id, v.what, v.expected, v.found
    FROM orders_invoiceline n
    JOIN orders_invoice i ON i.tenant_id = n.tenant_id AND i.id = n.invoice_id
    LEFT JOIN told t ON t.invoice_line_id = n.id
    CROSS JOIN LATERAL (
        VALUES
        ('ledger rows', 1::bigint, coalesce(t.rows, 0)),
        ('quantity', n.quantity, coalesce(t.quantity, 0)),
        ('value', n.value, coalesce(t.value, 0))
    ) AS v (what, expected, found)
    WHERE n.tenant_id = %(tenant)s
        AND (t.rows, t.quantity, t.value) IS DISTINCT FROM (1::bigint, n.quantity, n.value)
    UNION ALL
    SELECT
        'orders_orderledger', b.id, 'order ' || b.order_id || ', ' || b.verb, 'value', 0, b.value_delta
    FROM orders_orderledger b
    WHERE b.tenant_id = %(tenant)s AND b.verb IN ('invoiced', 'credited') AND b.invoice_line_id IS NULL
)
SELECT f.*, count(*) OVER () AS total, sum(abs(coalesce(f.found, 0) - coalesce(f.expected, 0))) OVER () AS difference
FROM found f
WHERE f.expected IS DISTINCT FROM f.found
ORDER BY f.row_id, f.what
LIMIT %(limit)s
