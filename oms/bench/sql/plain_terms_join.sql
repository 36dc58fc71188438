-- The rules that name something of a delivery, with their terms: a join on the rules' keys, without conditions, groups,
-- ranks and reasons. A rule without a key is everybody's.
WITH questions AS MATERIALIZED (
    SELECT q.*, l.country
    FROM unnest(
        %(sell_to)s::bigint[], %(end_buyer)s::bigint[], %(ship_to)s::bigint[], %(ship_from)s::bigint[],
        %(family)s::bigint[]
    ) WITH ORDINALITY AS q (sell_to_id, end_buyer_id, ship_to_id, ship_from_id, family_id, n)
    LEFT JOIN parties_location l ON l.tenant_id = %(tenant)s::bigint AND l.id = q.ship_to_id
), rules AS MATERIALIZED (
    SELECT r.*, t.incoterm AS terms_incoterm, t.named_place
    FROM shipping_shippingrule r
    JOIN shipping_shippingterms t ON t.tenant_id = r.tenant_id AND t.id = r.terms_id
    WHERE r.tenant_id = %(tenant)s::bigint AND r.is_active
), keyed AS (
    SELECT q.n, r.id FROM questions q JOIN rules r ON r.ship_to_id = q.ship_to_id
    UNION ALL
    SELECT q.n, r.id FROM questions q JOIN rules r ON r.ship_to_id IS NULL AND r.end_buyer_id = q.end_buyer_id
    UNION ALL
    SELECT q.n, r.id FROM questions q
    JOIN rules r ON num_nonnulls(r.ship_to_id, r.end_buyer_id) = 0 AND r.sell_to_id = q.sell_to_id
    UNION ALL
    SELECT q.n, r.id FROM questions q
    JOIN rules r ON num_nonnulls(r.ship_to_id, r.end_buyer_id, r.sell_to_id) = 0 AND r.ship_to_country = q.country
    UNION ALL
    SELECT q.n, r.id FROM questions q
    JOIN rules r ON num_nonnulls(r.ship_to_id, r.end_buyer_id, r.sell_to_id) = 0 AND r.ship_to_country = ''
    AND r.family_id = q.family_id
    UNION ALL
    SELECT q.n, r.id FROM questions q
    JOIN rules r ON num_nonnulls(r.ship_to_id, r.end_buyer_id, r.sell_to_id, r.family_id) = 0
    AND r.ship_to_country = '' AND r.ship_from_id IS NULL
)
SELECT k.n, r.id, r.version, r.code, r.terms_id, r.terms_incoterm, r.named_place
FROM keyed k JOIN rules r ON r.id = k.id
