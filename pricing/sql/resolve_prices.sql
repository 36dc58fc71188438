-- Prices for any number of questions: one row per question and agreement worth telling about, best first.
-- The LIMIT never cuts anything. It tells the planner how many questions there are: a prepared plan is made for one,
-- and walks indexes; a batch comes with its real number, and joins by hash.
-- verdict: 0 applies; 1 cap; 2 tier; 3 sell-to; 4 project; 5 dates; 6 currency; 7 not in force; 8 end buyer
WITH RECURSIVE question AS (
    SELECT q.*, p.family_id, p.floor_price, p.floor_currency,
           cited.ids AS cited_ids, cited.end_buyer_id AS cited_end_buyer_id, cited.sell_to_id AS cited_sell_to_id,
           cited.covers AS cited_covers
    FROM (
        SELECT u.*
        FROM unnest(
            %(sell_to)s::bigint[], %(end_buyer)s::bigint[], %(product)s::bigint[], %(quantity)s::bigint[],
            %(currency)s::text[], %(on_date)s::date[], %(project)s::text[], %(cited)s::text[]
        ) WITH ORDINALITY AS u (
            asked_sell_to_id, asked_end_buyer_id, asked_product_id, quantity, asked_currency, on_date, asked_project,
            cited, no
        )
        LIMIT %(count)s::bigint
    ) AS q
    LEFT JOIN catalog_product p ON p.tenant_id = %(tenant)s::bigint AND p.id = q.asked_product_id
    LEFT JOIN LATERAL (
        SELECT array_agg(a.id) AS ids, min(a.end_buyer_id) AS end_buyer_id, min(a.sell_to_id) AS sell_to_id,
               bool_or(EXISTS (
                   SELECT FROM pricing_agreementline l
                   WHERE l.tenant_id = %(tenant)s::bigint AND l.agreement_id = a.id
                     AND l.subject_key IN (q.asked_product_id, -p.family_id)
               )) AS covers
        FROM pricing_agreement a
        WHERE q.cited <> '' AND a.tenant_id = %(tenant)s::bigint AND a.number = q.cited
    ) AS cited ON true
),
-- whose prices and lists could apply: the end buyer (sign 1), the sell-to (sign -1), and the ancestors of both, because
-- a branch without terms of its own has those of its group
lineage (no, product_id, family_id, sign, party_id, depth) AS (
    SELECT q.no, q.asked_product_id, q.family_id, side.sign, side.party_id, 0
    FROM question q
    CROSS JOIN LATERAL (VALUES (1, q.asked_end_buyer_id), (-1, q.asked_sell_to_id)) AS side (sign, party_id)
    WHERE side.party_id IS NOT NULL
    UNION ALL
    SELECT below.no, below.product_id, below.family_id, below.sign, p.parent_id, below.depth + 1
    FROM lineage below
    JOIN parties_party p ON p.tenant_id = %(tenant)s::bigint AND p.id = below.party_id
    WHERE p.parent_id IS NOT NULL AND below.depth < 16
),
-- keys of the lines that could apply; negative for contracts and for families, see AgreementLine. Made before any line
-- is looked at: half a key finds far too many
probe AS MATERIALIZED (
    SELECT owner.no, owner.depth, owner.sign * owner.party_id AS owner_key, subject.key AS subject_key
    FROM lineage owner
    CROSS JOIN LATERAL (VALUES (owner.product_id), (-owner.family_id)) AS subject (key)
),
-- index agreement_match
found AS (
    SELECT q.no, q.quantity, q.on_date, q.asked_currency, q.asked_project, q.cited_ids,
           probe.depth AS owner_depth, true AS is_ours, l.*
    FROM probe
    JOIN pricing_agreementline l
      ON l.tenant_id = %(tenant)s::bigint AND l.owner_key = probe.owner_key AND l.subject_key = probe.subject_key
    JOIN question q ON q.no = probe.no
    WHERE %(with_losers)s::boolean OR l.agreement_id = ANY (q.cited_ids) OR (
        l.is_in_force AND l.currency = q.asked_currency AND l.valid_from <= q.on_date AND l.valid_to >= q.on_date
    )
    UNION ALL
    -- what others have agreed for the same product; the same index
    SELECT q.no, q.quantity, q.on_date, q.asked_currency, q.asked_project, q.cited_ids, 0, false, l.*
    FROM question q
    CROSS JOIN LATERAL (
        SELECT other.*
        FROM pricing_agreementline other
        WHERE %(with_losers)s::boolean AND other.tenant_id = %(tenant)s::bigint
          AND other.subject_key = q.asked_product_id AND other.is_in_force AND other.currency = q.asked_currency
          AND other.valid_from <= q.on_date AND other.valid_to >= q.on_date AND other.end_buyer_id IS NOT NULL
          AND (other.sell_to_id = q.asked_sell_to_id OR other.sell_to_id IS NULL)
          AND NOT EXISTS (
              SELECT FROM lineage buyer
              WHERE buyer.no = q.no AND buyer.sign = 1 AND buyer.party_id = other.end_buyer_id
          )
        LIMIT 3
    ) AS l
),
judged AS (
    SELECT f.*, seller.depth AS seller_depth, tier.no AS tier_no, used.qty AS used_qty,
           CASE WHEN f.end_buyer_id IS NULL THEN 3 WHEN f.sell_to_id IS NULL THEN 2 ELSE 1 END AS step,
           coalesce(f.agreement_id = ANY (f.cited_ids), false) AS is_cited,
           CASE
               WHEN NOT f.is_ours THEN 8
               WHEN NOT f.is_in_force THEN 7
               WHEN f.currency <> f.asked_currency THEN 6
               WHEN f.on_date NOT BETWEEN f.valid_from AND f.valid_to THEN 5
               WHEN f.project <> '' AND f.project <> f.asked_project THEN 4
               WHEN f.sell_to_id IS NOT NULL AND seller.depth IS NULL THEN 3
               WHEN tier.no = 0 THEN 2
               WHEN f.cap_qty - used.qty < CASE f.mechanism WHEN 'direct' THEN f.quantity ELSE 1 END THEN 1
               ELSE 0
           END AS verdict
    FROM found f
    LEFT JOIN lineage seller ON seller.no = f.no AND seller.sign = -1 AND seller.party_id = f.sell_to_id
    LEFT JOIN pricing_agreementline pool ON pool.tenant_id = %(tenant)s::bigint AND pool.id = f.carried_to_id
    CROSS JOIN LATERAL (
        SELECT coalesce(pool.consumed_qty + pool.reserved_qty, f.consumed_qty + f.reserved_qty)
    ) AS used (qty)
    CROSS JOIN LATERAL (
        SELECT width_bucket(
            f.quantity + CASE f.tier_basis WHEN 'cumulative' THEN used.qty ELSE 0 END, f.min_qtys
        )
    ) AS tier (no)
),
ranked AS (
    SELECT j.*,
           row_number() OVER (
               PARTITION BY j.no
               ORDER BY j.verdict, NOT j.is_cited, j.step, j.project = '', j.product_id IS NULL,
                        j.seller_depth, j.owner_depth, j.id DESC
           ) AS place
    FROM judged j
),
-- indexes assignment_match and list_price_match
assigned AS (
    SELECT DISTINCT ON (q.no) q.no, a.price_list_id, owner.depth, i.price, i.min_qty
    FROM lineage owner
    JOIN question q ON q.no = owner.no
    JOIN pricing_pricelistassignment a
      ON a.tenant_id = %(tenant)s::bigint AND a.party_id = owner.party_id AND a.currency = q.asked_currency
     AND a.valid_from <= q.on_date AND (a.valid_to >= q.on_date OR a.valid_to IS NULL)
    LEFT JOIN pricing_pricelistitem i
      ON i.tenant_id = %(tenant)s::bigint AND i.product_id = q.asked_product_id AND i.price_list_id = a.price_list_id
     AND i.min_qty <= q.quantity
     AND i.valid_from <= q.on_date AND (i.valid_to >= q.on_date OR i.valid_to IS NULL)
    WHERE owner.sign = -1
    ORDER BY q.no, i.price IS NULL, owner.depth, i.min_qty DESC
),
base AS (
    SELECT DISTINCT ON (q.no) q.no, list.code, i.price, i.min_qty
    FROM question q
    JOIN pricing_pricelist list
      ON list.tenant_id = %(tenant)s::bigint AND list.kind = 'base' AND list.currency = q.asked_currency
    LEFT JOIN pricing_pricelistitem i
      ON i.tenant_id = %(tenant)s::bigint AND i.product_id = q.asked_product_id AND i.price_list_id = list.id
     AND i.min_qty <= q.quantity
     AND i.valid_from <= q.on_date AND (i.valid_to >= q.on_date OR i.valid_to IS NULL)
    WHERE %(with_losers)s::boolean
       OR q.no NOT IN (SELECT assigned.no FROM assigned WHERE assigned.price IS NOT NULL)
    ORDER BY q.no, i.min_qty DESC NULLS LAST
),
told AS (
    SELECT r.*
    FROM ranked r
    WHERE r.place <= CASE WHEN %(with_losers)s::boolean THEN 10 ELSE 0 END
       OR (r.place = 1 AND r.verdict = 0) OR r.is_cited
),
named AS (
    SELECT p.id, p.name
    FROM parties_party p
    WHERE p.tenant_id = %(tenant)s::bigint AND p.id IN (
        SELECT t.end_buyer_id FROM told t WHERE %(with_losers)s::boolean
        UNION ALL SELECT t.sell_to_id FROM told t WHERE %(with_losers)s::boolean
        UNION ALL SELECT coalesce(q.cited_end_buyer_id, q.cited_sell_to_id) FROM question q
    )
)
SELECT q.no, q.floor_price, q.floor_currency,
       list.code AS list_code, assigned.depth AS list_depth, assigned.price AS list_price,
       assigned.min_qty AS list_qty, base.code AS base_code, base.price AS base_price, base.min_qty AS base_qty,
       q.cited_covers, q.cited_end_buyer_id IS NULL AS cites_contract, q.cited_sell_to_id IS NULL AS cites_any,
       cited_for.name AS cited_for,
       r.id AS line_id, r.verdict, r.step, r.is_cited, a.number, a.revision, a.status, r.mechanism,
       r.prices[greatest(r.tier_no, 1)] AS price, r.min_qtys[greatest(r.tier_no, 1)] AS tier_qty, r.tier_basis,
       r.book_price AS fixed_book, r.cap_qty, r.cap_qty - r.used_qty AS left_qty, r.used_qty,
       r.currency, r.project, r.valid_from, r.valid_to, r.product_id IS NULL AS is_family,
       r.seller_depth, r.owner_depth,
       buyer.name AS buyer_name, seller.name AS seller_name
FROM question q
LEFT JOIN assigned ON assigned.no = q.no
LEFT JOIN pricing_pricelist list ON list.tenant_id = %(tenant)s::bigint AND list.id = assigned.price_list_id
LEFT JOIN base ON base.no = q.no
LEFT JOIN told r ON r.no = q.no
LEFT JOIN pricing_agreement a ON a.tenant_id = %(tenant)s::bigint AND a.id = r.agreement_id
LEFT JOIN named buyer ON buyer.id = r.end_buyer_id
LEFT JOIN named seller ON seller.id = r.sell_to_id
LEFT JOIN named cited_for ON cited_for.id = coalesce(q.cited_end_buyer_id, q.cited_sell_to_id)
ORDER BY q.no, r.place
