-- The outcomes of these orders' schedules (of all when `orders` is empty), as nothing but a new ledger row can change
-- them: see DeliveryOutcome. `never` stands where a schedule is not settled.
WITH calendar AS MATERIALIZED (
    SELECT c.country, c.counted::integer[] AS counted
    FROM unnest(%(countries)s::text[], %(counted)s::text[]) AS c (country, counted)
),
-- the last day on which anything was told of a schedule that its class depends on
last_told AS (
    SELECT l.schedule_id, max(l.event_date) AS day
    FROM orders_orderledger l
    WHERE l.tenant_id = %(tenant)s
        AND l.verb NOT IN ('invoiced', 'credited')
        AND (%(orders)s::bigint[] IS NULL OR l.order_id = ANY(%(orders)s::bigint[]))
    GROUP BY l.schedule_id
),
known AS (
    SELECT
        k.*, e.day AS told_on,
        least(k.request_date, k.first_commit, k.current_commit) AS first_due
    FROM metrics_delivery_known(
        %(tenant)s, %(never)s, %(first)s, %(last)s, NULL::bigint[], NULL::bigint[], NULL::bigint[], NULL::bigint[],
        '{}'::bigint[], '{}'::text[], '{}'::integer[], %(orders)s::bigint[]
    ) AS k
    JOIN last_told e ON e.schedule_id = k.schedule_id
    OFFSET 0
),
ended AS (
    SELECT
        k.*,
        k.open_qty = 0
            AND (k.is_outside OR (k.shipped_qty = 0 AND k.ended_on < k.first_due))
            AND (k.shipped_qty > 0 OR k.closed_on IS NOT NULL) AS is_excluded,
        k.reached_on IS NOT NULL AND NOT k.is_converted AND NOT k.is_outside
            AND (k.ended_on IS NULL OR k.ended_on < k.first_due) AS is_served
    FROM known k
    OFFSET 0
),
weighed AS (
    SELECT
        k.*,
        metrics_delivery_need(k.reached_on, k.request_date, %(origin)s::date, c.counted) AS request_need,
        metrics_delivery_need(k.reached_on, k.first_commit, %(origin)s::date, c.counted) AS first_need,
        metrics_delivery_need(k.reached_on, k.current_commit, %(origin)s::date, c.counted) AS current_need,
        c.counted[k.reached_on - %(origin)s::date] - c.counted[k.request_date - %(origin)s::date] AS request_off,
        c.counted[k.reached_on - %(origin)s::date] - c.counted[k.first_commit - %(origin)s::date] AS first_off,
        c.counted[k.reached_on - %(origin)s::date] - c.counted[k.current_commit - %(origin)s::date] AS current_off
    FROM ended k
    LEFT JOIN calendar c ON c.country = k.country
    OFFSET 0
),
made AS (
    INSERT INTO metrics_deliveryoutcome (
        tenant_id, schedule_id, order_id, line_id, end_buyer_id, product_id, site_id, quantity, settled_on,
        request_date, first_commit, current_commit, actual, moves, slip_days, supplier_moves, customer_moves,
        request_need, request_off, first_need, first_off, current_need, current_off, is_excluded, is_dock
    )
    SELECT
        %(tenant)s, k.schedule_id, k.order_id, k.line_id, k.named_end_buyer_id, k.product_id,
        k.site_id, k.open_qty + k.shipped_qty,
        CASE
            WHEN k.is_excluded THEN k.told_on
            -- a day outside of the calendar has no place in it
            WHEN k.is_served
                AND k.request_off IS NOT NULL
                AND (k.first_off IS NOT NULL OR k.first_commit IS NULL)
                AND (k.current_off IS NOT NULL OR k.current_commit IS NULL)
                THEN greatest(k.told_on, k.reached_on)
            ELSE %(never)s::date
        END,
        k.request_date, k.first_commit, k.current_commit, k.reached_on, k.moves, k.slip_days, k.supplier_moves,
        k.customer_moves, k.request_need, k.request_off, k.first_need, k.first_off, k.current_need, k.current_off,
        k.is_excluded, k.is_dock
    FROM weighed k
    RETURNING settled_on
)
SELECT count(*) AS made, count(*) FILTER (WHERE settled_on < %(never)s::date) AS settled FROM made
