-- What the layers of merged partners still hold becomes their survivors', layer by layer with cost and day of receipt:
-- a row that takes it out, one that brings it in, and a layer there. Index layer_open. Answers with what arrived where.
WITH held AS (
    SELECT
        l.*, pair.survivor_id, arrived.location_id,
        -- units that come back to a layer later move again
        l.id || ':' || coalesce((
            SELECT max(c.id)
            FROM channel_inventory_layerconsumption c
            WHERE c.tenant_id = %(tenant)s AND c.layer_id = l.id
        ), 0) AS source
    FROM unnest(%(losers)s::bigint[], %(survivors)s::bigint[]) AS pair (loser_id, survivor_id)
    JOIN channel_inventory_costlayer l
      ON l.tenant_id = %(tenant)s AND l.partner_id = pair.loser_id AND l.remaining > 0 AND l.ownership = 'theirs'
    JOIN channel_inventory_stockledger arrived ON arrived.tenant_id = %(tenant)s AND arrived.id = l.stock_row_id
),
written AS (
    INSERT INTO channel_inventory_stockledger (
        tenant_id, partner_id, location_id, product_id, ownership, kind, quantity, business_date, event_date,
        recorded_at, reason, actor_id, source_key
    )
    SELECT
        %(tenant)s, v.partner_id, h.location_id, h.product_id, 'theirs', v.kind, v.quantity,
        greatest(%(on)s::date, %(first_open)s::date), %(on)s, %(at)s, 'merged', %(actor)s::bigint,
        'merged_' || v.way || ':' || h.source
    FROM held h
    CROSS JOIN LATERAL (
        VALUES
        (1, h.partner_id, 'transfer_out', 'out', -h.remaining),
        (2, h.survivor_id, 'transfer_in', 'in', h.remaining)
    ) AS v (place, partner_id, kind, way, quantity)
    ORDER BY h.received_on, h.id, v.place
    RETURNING id, source_key
),
taken AS (
    INSERT INTO channel_inventory_layerconsumption (
        tenant_id, stock_row_id, layer_id, kind, quantity, unit_cost, currency, recorded_at
    )
    SELECT %(tenant)s, w.id, h.id, 'consume', h.remaining, h.unit_cost, h.currency, %(at)s
    FROM held h
    JOIN written w ON w.source_key = 'merged_out:' || h.source
    ORDER BY h.id
),
drawn AS (
    UPDATE channel_inventory_costlayer l
    SET remaining = 0
    FROM held h
    WHERE l.tenant_id = %(tenant)s AND l.id = h.id
)
INSERT INTO channel_inventory_costlayer (
    tenant_id, partner_id, product_id, ownership, kind, stock_row_id, received_on, quantity, remaining, unit_cost,
    net_cost, currency, recorded_at
)
SELECT
    %(tenant)s, h.survivor_id, h.product_id, 'theirs', 'transfer', w.id, h.received_on, h.remaining, h.remaining,
    h.unit_cost, h.net_cost, h.currency, %(at)s
FROM held h
JOIN written w ON w.source_key = 'merged_in:' || h.source
ORDER BY h.received_on, h.id
RETURNING partner_id, product_id
