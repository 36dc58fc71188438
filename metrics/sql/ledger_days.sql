-- First and last business day of all that counts, in the ledger or left over in the flows; one row of empties if none.
SELECT least(l.first, f.first) AS first, greatest(l.last, f.last) AS last
FROM
    (
        SELECT min(business_date) AS first, max(business_date) AS last
        FROM orders_orderledger
        WHERE tenant_id = %(tenant)s
    ) l,
    (SELECT min(day) AS first, max(day) AS last FROM metrics_dailyflow WHERE tenant_id = %(tenant)s) f
