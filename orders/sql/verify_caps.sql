-- What a direct agreement has reserved is what the order lines that use it hold reserved.
WITH lines AS (
    SELECT agreement_line_id, sum(reserved_qty) AS reserved
    FROM orders_orderline
    WHERE tenant_id = %(tenant)s AND agreement_line_id IS NOT NULL
    GROUP BY agreement_line_id
),
found AS (
    SELECT
        'pricing_agreementline' AS table_name, a.id AS row_id, 'agreement ' || a.agreement_id AS name,
        'reserved_qty' AS what, coalesce(l.reserved, 0) AS expected, a.reserved_qty::numeric AS found
    FROM pricing_agreementline a
    LEFT JOIN lines l ON l.agreement_line_id = a.id
    WHERE a.tenant_id = %(tenant)s
)
SELECT f.*, count(*) OVER () AS total, sum(abs(coalesce(f.found, 0) - coalesce(f.expected, 0))) OVER () AS difference
FROM found f
WHERE f.expected IS DISTINCT FROM f.found
ORDER BY f.row_id, f.what
LIMIT %(limit)s
