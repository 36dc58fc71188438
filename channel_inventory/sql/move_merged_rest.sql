-- What the ledger of merged partners comes to besides their layers, place by place: what was sold without one, and what
-- came in at one place and was sold at another. It becomes their survivors'. Index stock_of_product.
WITH rest AS (
    SELECT pair.loser_id, pair.survivor_id, s.product_id, s.location_id, sum(s.quantity)::bigint AS quantity,
           max(s.id) AS latest
    FROM unnest(%(losers)s::bigint[], %(survivors)s::bigint[]) AS pair (loser_id, survivor_id)
    JOIN channel_inventory_stockledger s
      ON s.tenant_id = %(tenant)s AND s.partner_id = pair.loser_id AND s.ownership = 'theirs'
    GROUP BY pair.loser_id, pair.survivor_id, s.product_id, s.location_id
    HAVING sum(s.quantity) <> 0
)
INSERT INTO channel_inventory_stockledger (
    tenant_id, partner_id, location_id, product_id, ownership, kind, quantity, business_date, event_date, recorded_at,
    reason, actor_id, source_key
)
SELECT
    %(tenant)s, v.partner_id, r.location_id, r.product_id, 'theirs',
    CASE WHEN v.quantity < 0 THEN 'transfer_out' ELSE 'transfer_in' END, v.quantity,
    greatest(%(on)s::date, %(first_open)s::date), %(on)s, %(at)s, 'merged', %(actor)s::bigint,
    'merged_rest:' || r.latest || ':' || v.partner_id
FROM rest r
CROSS JOIN LATERAL (VALUES (r.loser_id, -r.quantity), (r.survivor_id, r.quantity)) AS v (partner_id, quantity)
ORDER BY r.latest, v.quantity
RETURNING partner_id, product_id
