-- Whether anything of an order was released, and whether anything of it left, as far as the reader may see it.
SELECT
  EXISTS (
    SELECT FROM fulfilment_shiprequest r WHERE r.tenant_id = %(tenant)s::bigint AND r.order_id = %(order)s::bigint
  ),
  EXISTS (SELECT FROM fulfilment_shipment s WHERE s.tenant_id = %(tenant)s::bigint AND s.order_id = %(order)s::bigint)
