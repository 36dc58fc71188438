-- Lock the orders of a batch in the sequence of their keys, as every verb locks its own; says how many there are.
SELECT count(*) FROM (
    SELECT o.id
    FROM orders_order o
    WHERE o.tenant_id = %(tenant_id)s::bigint AND o.id = ANY (%(orders)s::bigint[])
    ORDER BY o.id
    FOR UPDATE
) AS locked
