-- What waits, for the side navigation: each by its own partial index and no further than `most`.
SELECT (SELECT count(*) FROM (
            SELECT 1 FROM orders_schedule s
            WHERE s.tenant_id = %(tenant_id)s::bigint AND s.open_qty > 0 AND s.current_commit IS NULL
              AND NOT EXISTS (
                  SELECT 1 FROM orders_order o
                  WHERE o.tenant_id = %(tenant_id)s::bigint AND o.id = s.order_id AND o.order_type = 'blanket')
            LIMIT %(most)s::bigint) AS schedules) AS uncommitted,
       (SELECT count(*) FROM (
            SELECT 1 FROM orders_hold h
            WHERE h.tenant_id = %(tenant_id)s::bigint AND h.released_at IS NULL
            LIMIT %(most)s::bigint) AS holds) AS holds,
       (SELECT count(*) FROM (
            SELECT 1 FROM orders_orderdraft d
            WHERE d.tenant_id = %(tenant_id)s::bigint AND d.owner_id = %(member_id)s::bigint AND d.order_id IS NULL
            LIMIT %(most)s::bigint) AS drafts) AS drafts,
       (SELECT count(*) FROM (
            SELECT 1 FROM fulfilment_shiprequest r
            WHERE r.tenant_id = %(tenant_id)s::bigint AND r.status IN ('released', 'part_shipped')
            LIMIT %(most)s::bigint) AS requests) AS requests,
       (SELECT count(*) FROM (
            SELECT 1 FROM fulfilment_shipmentexception e
            WHERE e.tenant_id = %(tenant_id)s::bigint AND e.cleared_at IS NULL
            LIMIT %(most)s::bigint) AS exceptions) AS exceptions
