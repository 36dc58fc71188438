-- Shipping terms for any number of deliveries at once. One row per question (kind 'answer'), then the facts that
-- their explanation needs: the rules considered, the terms won, the accounts that may pay, the names of the asked.
--
-- A rule is considered for a question when its most particular key condition (ship-to, else end buyer, else sell-to,
-- else country, else family, else ship-from, else none) is that of the question: each arm of `pairs` is one hash join.
-- A code packs rank, place and failed conditions into one bigint, so that the best rule is a plain max():
--   bits 36-52 rank: number of conditions, then the conditions themselves in the documented order
--   bits 12-35 place: priority, then age
--   bits 0-11  failed conditions, as in shipping.engine.CONDITIONS
WITH RECURSIVE questions AS MATERIALIZED (
    SELECT q.*
    FROM unnest(%(sell_to)s::bigint[], %(end_buyer)s::bigint[], %(ship_to)s::bigint[], %(ship_from)s::bigint[],
                %(family)s::bigint[], %(on)s::date[], %(weight)s::numeric[], %(value)s::numeric[],
                %(incoterm)s::text[]) WITH ORDINALITY
         AS q (q_sell_to, q_end_buyer, q_ship_to, q_ship_from, q_family, q_on, q_weight, q_value, q_incoterm, n)
), all_terms AS MATERIALIZED (
    SELECT t.* FROM shipping_shippingterms t WHERE t.tenant_id = %(tenant)s::bigint
), climbed (member_id, level, party_id, code, next_id) AS (
    SELECT DISTINCT q_sell_to, -1, NULL::bigint, NULL::varchar, q_sell_to FROM questions
    UNION ALL
    SELECT c.member_id, c.level + 1, p.id, p.code, p.parent_id
    FROM climbed c JOIN parties_party p ON p.tenant_id = %(tenant)s::bigint AND p.id = c.next_id
    WHERE c.level < 14
), tree AS MATERIALIZED (
    SELECT member_id, party_id AS ancestor_id, min(level)::bigint AS level FROM climbed WHERE level >= 0 GROUP BY 1, 2
), rules AS MATERIALIZED (
    SELECT r.id AS rule_id, r.version, r.code AS rule_code, r.priority, r.terms_id, t.is_active AS terms_in_use,
           r.sell_to_id, r.end_buyer_id, r.ship_to_id, r.ship_to_country, r.ship_to_region, r.ship_from_id, r.family_id,
           r.incoterm, r.min_weight_kg, r.max_weight_kg, r.min_value, r.max_value, r.valid_from, r.valid_to,
           row_number() OVER (ORDER BY r.priority, r.id) AS place,
           -- the sell-to condition leaves its four bits (7-10) free: they depend on how near the group is
           (num_nonnulls(r.ship_to_id, r.end_buyer_id, r.sell_to_id, r.family_id, r.ship_from_id,
                         NULLIF(r.ship_to_region, ''), NULLIF(r.ship_to_country, ''), NULLIF(r.incoterm, ''),
                         coalesce(r.min_weight_kg, r.max_weight_kg), coalesce(r.min_value, r.max_value))::bigint << 13)
           + CASE WHEN r.ship_to_id IS NULL THEN 0 ELSE 4096 END
           + CASE WHEN r.end_buyer_id IS NULL THEN 0 ELSE 2048 END
           + CASE WHEN r.family_id IS NULL THEN 0 ELSE 64 END
           + CASE WHEN r.ship_from_id IS NULL THEN 0 ELSE 32 END
           + CASE WHEN r.ship_to_region = '' THEN 0 ELSE 16 END
           + CASE WHEN r.ship_to_country = '' THEN 0 ELSE 8 END
           + CASE WHEN coalesce(r.min_weight_kg, r.max_weight_kg) IS NULL THEN 0 ELSE 4 END
           + CASE WHEN coalesce(r.min_value, r.max_value) IS NULL THEN 0 ELSE 2 END
           + CASE WHEN r.incoterm = '' THEN 0 ELSE 1 END AS base_rank,
           CASE WHEN r.ship_to_id IS NOT NULL THEN 'ship_to' WHEN r.end_buyer_id IS NOT NULL THEN 'end_buyer'
                WHEN r.sell_to_id IS NOT NULL THEN 'sell_to' WHEN r.ship_to_country <> '' THEN 'country'
                WHEN r.family_id IS NOT NULL THEN 'family' WHEN r.ship_from_id IS NOT NULL THEN 'ship_from'
                ELSE 'none' END AS anchor
    FROM shipping_shippingrule r
    JOIN all_terms t ON t.id = r.terms_id
    WHERE r.tenant_id = %(tenant)s::bigint AND r.is_active AND CASE
        WHEN r.ship_to_id IS NOT NULL THEN r.ship_to_id IN (SELECT q_ship_to FROM questions)
        WHEN r.end_buyer_id IS NOT NULL THEN r.end_buyer_id IN (SELECT q_end_buyer FROM questions)
        WHEN r.sell_to_id IS NOT NULL THEN r.sell_to_id IN (SELECT ancestor_id FROM tree)
        ELSE true END
), places AS MATERIALIZED (
    SELECT l.id, l.party_id, l.name, l.country, l.region
    FROM parties_location l
    WHERE l.tenant_id = %(tenant)s::bigint AND l.id IN (
        SELECT q_ship_to FROM questions UNION SELECT q_ship_from FROM questions
        UNION SELECT ship_from_id FROM rules UNION SELECT re_shipper_id FROM all_terms)
), asked AS MATERIALIZED (
    SELECT q.*, l.country AS q_country, l.region AS q_region FROM questions q LEFT JOIN places l ON l.id = q.q_ship_to
), pairs AS (
    SELECT q.*, r.*, t.level
    FROM asked q JOIN rules r ON r.anchor = 'ship_to' AND r.ship_to_id = q.q_ship_to
    LEFT JOIN tree t ON t.member_id = q.q_sell_to AND t.ancestor_id = r.sell_to_id
    UNION ALL
    SELECT q.*, r.*, t.level
    FROM asked q JOIN rules r ON r.anchor = 'end_buyer' AND r.end_buyer_id = q.q_end_buyer
    LEFT JOIN tree t ON t.member_id = q.q_sell_to AND t.ancestor_id = r.sell_to_id
    UNION ALL
    SELECT q.*, r.*, t.level FROM asked q JOIN tree t ON t.member_id = q.q_sell_to
    JOIN rules r ON r.anchor = 'sell_to' AND r.sell_to_id = t.ancestor_id
    UNION ALL
    SELECT q.*, r.*, NULL FROM asked q JOIN rules r ON r.anchor = 'country' AND r.ship_to_country = q.q_country
    UNION ALL
    SELECT q.*, r.*, NULL FROM asked q JOIN rules r ON r.anchor = 'family' AND r.family_id = q.q_family
    UNION ALL
    SELECT q.*, r.*, NULL FROM asked q JOIN rules r ON r.anchor = 'ship_from' AND r.ship_from_id = q.q_ship_from
    UNION ALL
    SELECT q.*, r.*, NULL FROM asked q JOIN rules r ON r.anchor = 'none'
), considered AS MATERIALIZED (
    SELECT p.n,
           ((p.base_rank + CASE WHEN p.level IS NULL THEN 0 ELSE (15 - p.level) << 7 END) << 36) + (p.place << 12)
           + CASE WHEN p.ship_to_id IS NULL OR p.ship_to_id = p.q_ship_to THEN 0 ELSE 1 END
           + CASE WHEN p.end_buyer_id IS NULL OR p.end_buyer_id = p.q_end_buyer THEN 0 ELSE 2 END
           + CASE WHEN p.sell_to_id IS NULL OR p.level IS NOT NULL THEN 0 ELSE 4 END
           + CASE WHEN p.family_id IS NULL OR p.family_id = p.q_family THEN 0 ELSE 8 END
           + CASE WHEN p.ship_from_id IS NULL OR p.ship_from_id = p.q_ship_from THEN 0 ELSE 16 END
           + CASE WHEN p.ship_to_region = '' OR p.ship_to_region = p.q_region THEN 0 ELSE 32 END
           + CASE WHEN p.ship_to_country = '' OR p.ship_to_country = p.q_country THEN 0 ELSE 64 END
           + CASE WHEN (p.min_weight_kg IS NULL OR p.min_weight_kg <= p.q_weight)
                       AND (p.max_weight_kg IS NULL OR p.q_weight <= p.max_weight_kg) THEN 0 ELSE 128 END
           + CASE WHEN (p.min_value IS NULL OR p.min_value <= p.q_value)
                       AND (p.max_value IS NULL OR p.q_value <= p.max_value) THEN 0 ELSE 256 END
           + CASE WHEN p.incoterm = '' OR p.incoterm = p.q_incoterm THEN 0 ELSE 512 END
           + CASE WHEN (p.valid_from IS NULL OR p.valid_from <= p.q_on)
                       AND (p.valid_to IS NULL OR p.q_on <= p.valid_to) THEN 0 ELSE 1024 END
           + CASE WHEN p.terms_in_use THEN 0 ELSE 2048 END AS code
    FROM pairs p
), best AS MATERIALIZED (
    SELECT n, max(code) FILTER (WHERE code & 4095 = 0) AS won, array_agg(code) FILTER (WHERE %(with_losers)s::boolean) AS codes
    FROM considered GROUP BY n
), seen_rules AS MATERIALIZED (
    SELECT r.* FROM rules r WHERE r.place IN (
        SELECT (code >> 12) & 16777215 FROM considered WHERE %(with_losers)s::boolean
        UNION SELECT (won >> 12) & 16777215 FROM best)
), won_terms AS MATERIALIZED (
    SELECT t.*, l.party_id AS re_shipper_party_id, t.freight_account_id IS NULL AND t.freight_payer <> 'shipper' AS looks_up
    FROM all_terms t LEFT JOIN places l ON l.id = t.re_shipper_id
    WHERE t.id IN (SELECT r.terms_id FROM rules r WHERE r.place IN (SELECT (won >> 12) & 16777215 FROM best))
), payers AS (
    SELECT q_sell_to AS party_id FROM questions UNION SELECT q_end_buyer FROM questions UNION SELECT party_id FROM places
)
SELECT kind, id, won, codes, facts::text FROM (
    SELECT 'answer' AS kind, n AS id, won, codes, NULL::jsonb AS facts FROM best
    UNION ALL
    SELECT 'rule', place, NULL, NULL, jsonb_build_object(
        'id', rule_id, 'code', rule_code, 'version', version, 'priority', priority, 'terms_id', terms_id,
        'ship_to', ship_to_id, 'end_buyer', end_buyer_id, 'sell_to', sell_to_id, 'family', family_id,
        'ship_from', ship_from_id, 'region', ship_to_region, 'country', ship_to_country,
        'weight', jsonb_build_array(trim_scale(min_weight_kg)::text, trim_scale(max_weight_kg)::text),
        'value', jsonb_build_array(trim_scale(min_value)::text, trim_scale(max_value)::text), 'incoterm', incoterm,
        'dates', jsonb_build_array(valid_from, valid_to))
    FROM seen_rules
    UNION ALL
    SELECT 'terms', id, NULL, NULL, jsonb_build_object(
        'incoterm', incoterm, 'named_place', named_place, 'freight_payer', freight_payer, 'carrier_id', carrier_id,
        'service', service, 'account_id', freight_account_id, 're_shipper_party_id', re_shipper_party_id)
    FROM won_terms
    UNION ALL
    SELECT 'account', a.id, NULL, NULL, jsonb_build_object(
        'party_id', a.party_id, 'carrier_id', a.carrier_id, 'service', a.service, 'number', a.number,
        'payer_country', a.payer_country, 'payer_postcode', a.payer_postcode,
        'valid_from', a.valid_from, 'valid_to', a.valid_to)
    FROM shipping_freightaccount a
    WHERE a.tenant_id = %(tenant)s::bigint AND (
        a.id IN (SELECT freight_account_id FROM won_terms)
        OR (a.carrier_id IN (SELECT carrier_id FROM won_terms WHERE looks_up) AND a.party_id IN (SELECT party_id FROM payers)))
    UNION ALL
    SELECT 'party', party_id, NULL, NULL, to_jsonb(code) FROM climbed WHERE level = 0
    UNION ALL
    SELECT 'party', p.id, NULL, NULL, to_jsonb(p.code) FROM parties_party p
    WHERE p.tenant_id = %(tenant)s::bigint AND p.id IN (
        SELECT q_end_buyer FROM questions UNION SELECT end_buyer_id FROM seen_rules UNION SELECT sell_to_id FROM seen_rules)
    UNION ALL
    SELECT 'place', id, NULL, NULL, jsonb_build_object('name', name, 'country', country, 'region', region, 'party_id', party_id)
    FROM places
    UNION ALL
    SELECT 'family', f.id, NULL, NULL, to_jsonb(f.code) FROM catalog_productfamily f
    WHERE f.tenant_id = %(tenant)s::bigint AND f.id IN (SELECT q_family FROM questions UNION SELECT family_id FROM seen_rules)
) AS told
