-- What hangs on an order beside its lines, as far as the reader may see it; and whether its acknowledgement is being
-- printed.
SELECT
  EXISTS (SELECT FROM orders_hold h WHERE h.tenant_id = %(tenant)s::bigint AND h.order_id = %(order)s::bigint),
  EXISTS (SELECT FROM orders_ordernote n WHERE n.tenant_id = %(tenant)s::bigint AND n.order_id = %(order)s::bigint),
  EXISTS (
    SELECT FROM orders_orderattachment a WHERE a.tenant_id = %(tenant)s::bigint AND a.order_id = %(order)s::bigint
  ),
  EXISTS (
    SELECT FROM orders_acknowledgement a WHERE a.tenant_id = %(tenant)s::bigint AND a.order_id = %(order)s::bigint
  ),
  EXISTS (SELECT FROM orders_invoice i WHERE i.tenant_id = %(tenant)s::bigint AND i.order_id = %(order)s::bigint),
  EXISTS (SELECT FROM orders_papermail m WHERE m.tenant_id = %(tenant)s::bigint AND m.order_id = %(order)s::bigint),
  EXISTS (
    SELECT FROM jobs_jobrequest j
    WHERE j.tenant_id = %(tenant)s::bigint AND j.kind = %(kind)s::text AND j.unique_key = %(key)s::text
      AND j.state = ANY(%(unfinished)s::text[])
  )
