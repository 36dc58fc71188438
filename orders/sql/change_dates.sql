-- Commits (is_commit) or request dates of any number of schedules: judge each as its verb does, append a ledger row
-- for each that may, write the dates, raise the versions of the lines.
-- Returns the changes that were not made ('refused', with the reason and what its sentence needs) and the orders that
-- changed ('order', with the number of changes). The orders are locked.
-- The sub-selects hide how long the arrays are: all rows are looked up by their keys, where the planner would otherwise
-- read whole tables to find a few thousand.
WITH asked AS MATERIALIZED (
    SELECT *
    FROM unnest((SELECT %(orders)s::bigint[]), (SELECT %(schedules)s::bigint[]), (SELECT %(versions)s::bigint[]),
                (SELECT %(days)s::date[])) AS c (order_id, schedule_id, line_version, to_date)
), judged AS MATERIALIZED (
    SELECT c.order_id, c.schedule_id, c.to_date, o.number, o.order_date, o.order_type, o.currency, o.sell_to_id,
           l.id AS line_id, l.line_no, l.version, l.end_buyer_id, l.product_id, coalesce(l.unit_price, 0) AS unit_price,
           s.open_qty, s.open_value, s.first_commit,
           CASE WHEN %(is_commit)s::boolean THEN s.current_commit ELSE s.request_date END AS from_date,
           CASE
               WHEN o.id IS NULL THEN 'no_order'
               WHEN %(is_commit)s::boolean AND o.order_type = 'blanket' THEN 'blanket'
               WHEN s.id IS NULL THEN 'no_schedule'
               WHEN l.version <> c.line_version THEN 'stale'
               WHEN c.to_date < o.order_date THEN 'early'
               WHEN l.status NOT IN ('booked', 'shipped') THEN 'unbooked'
               WHEN s.open_qty = 0 THEN 'closed'
               WHEN %(is_commit)s::boolean AND s.first_commit IS NOT NULL AND s.current_commit = c.to_date THEN 'same'
               WHEN NOT %(is_commit)s::boolean AND s.request_date = c.to_date THEN 'same'
               ELSE 'change'
           END AS verdict
    FROM asked c
    LEFT JOIN orders_order o ON o.tenant_id = %(tenant_id)s::bigint AND o.id = c.order_id
    LEFT JOIN orders_schedule s
        ON s.tenant_id = %(tenant_id)s::bigint AND s.id = c.schedule_id AND s.order_id = c.order_id
    LEFT JOIN orders_orderline l ON l.tenant_id = %(tenant_id)s::bigint AND l.id = s.line_id
), told AS (
    INSERT INTO orders_orderledger (
        tenant_id, order_id, order_type, currency, business_date, event_date, recorded_at, initiator, reason_code,
        note, actor_id, line_id, schedule_id, verb, quantity_delta, value_delta, reporting_delta, open_qty, open_value,
        unit_price, sell_to_id, end_buyer_id, product_id, from_date, to_date, days
    )
    SELECT %(tenant_id)s::bigint, j.order_id, j.order_type, j.currency, %(business_date)s::date, %(event_date)s::date,
           %(recorded_at)s::timestamptz, %(initiator)s::text, %(reason_code)s::text, %(note)s::text,
           %(actor_id)s::bigint, j.line_id, j.schedule_id,
           CASE WHEN NOT %(is_commit)s::boolean THEN 'request_moved'
                WHEN j.first_commit IS NULL THEN 'commit_set'
                ELSE 'commit_moved' END,
           0, 0, 0, j.open_qty, j.open_value, j.unit_price, j.sell_to_id, j.end_buyer_id, j.product_id,
           CASE WHEN NOT %(is_commit)s::boolean OR j.first_commit IS NOT NULL THEN j.from_date END, j.to_date,
           CASE WHEN NOT %(is_commit)s::boolean OR j.first_commit IS NOT NULL THEN j.to_date - j.from_date END
    FROM judged j
    WHERE j.verdict = 'change'
    ORDER BY j.order_id, j.line_id, j.schedule_id
), dated AS (
    UPDATE orders_schedule AS s
    SET request_date = CASE WHEN %(is_commit)s::boolean THEN s.request_date ELSE j.to_date END,
        first_commit = CASE WHEN %(is_commit)s::boolean THEN coalesce(s.first_commit, j.to_date) ELSE s.first_commit END,
        current_commit = CASE WHEN %(is_commit)s::boolean THEN j.to_date ELSE s.current_commit END
    FROM judged j
    WHERE s.tenant_id = %(tenant_id)s::bigint AND s.id = j.schedule_id AND j.verdict = 'change'
), raised AS (
    UPDATE orders_orderline AS l
    SET version = l.version + n.changes
    FROM (SELECT line_id, count(*) AS changes FROM judged WHERE verdict = 'change' GROUP BY line_id) n
    WHERE l.tenant_id = %(tenant_id)s::bigint AND l.id = n.line_id
)
SELECT 'refused' AS kind, schedule_id AS id, NULL::bigint AS changes, verdict, order_id, number, order_date, line_no, version
FROM judged WHERE verdict <> 'change'
UNION ALL
SELECT 'order', order_id, count(*), NULL, NULL, NULL, NULL, NULL, NULL
FROM judged WHERE verdict = 'change' GROUP BY order_id
