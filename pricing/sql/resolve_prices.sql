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
-- every named party and its ancestors: a branch without terms of its own has those of its group
lineage (party_id, ancestor_id, depth) AS (
    SELECT named.party_id, named.party_id, 0
    FROM (SELECT asked_sell_to_id FROM question UNION SELECT asked_end_buyer_id FROM question) AS named (party_id)
    WHERE named.party_id IS NOT NULL
    UNION ALL
    SELECT below.party_id, p.parent_id, below.depth + 1
    FROM lineage below
    JOIN parties_party p ON p.tenant_id = %(tenant)s::bigint AND p.id = below.ancestor_id
    WHERE p.parent_id IS NOT NULL AND below.depth < 16
),
-- whose prices could apply: the end buyer's agreements, and the contracts of the sell-to (negative, see AgreementLine)
owner AS (
    SELECT q.*, up.ancestor_id AS owner_key, up.depth AS owner_depth
    FROM question q JOIN lineage up ON up.party_id = q.asked_end_buyer_id
    UNION ALL
    SELECT q.*, -up.ancestor_id, up.depth
    FROM question q JOIN lineage up ON up.party_id = q.asked_sell_to_id
),
-- index agreement_lookup
found AS (
    SELECT o.no, o.quantity, o.on_date, o.asked_currency, o.asked_project, o.asked_sell_to_id, o.cited_ids,
           o.owner_depth, true AS is_ours, l.*
    FROM owner o
    CROSS JOIN LATERAL (VALUES (o.asked_product_id), (-o.family_id)) AS subject (key)
    JOIN pricing_agreementline l
      ON l.tenant_id = %(tenant)s::bigint AND l.owner_key = o.owner_key AND l.subject_key = subject.key
    WHERE %(with_losers)s::boolean OR l.agreement_id = ANY (o.cited_ids) OR (
        l.is_in_force AND l.currency = o.asked_currency AND l.valid_from <= o.on_date AND l.valid_to >= o.on_date
    )
    UNION ALL
    -- what others have agreed for the same product; index agreement_by_subject
    SELECT q.no, q.quantity, q.on_date, q.asked_currency, q.asked_project, q.asked_sell_to_id, q.cited_ids,
           0, false, l.*
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
              WHERE buyer.party_id = q.asked_end_buyer_id AND buyer.ancestor_id = other.end_buyer_id
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
    LEFT JOIN lineage seller ON seller.party_id = f.asked_sell_to_id AND seller.ancestor_id = f.sell_to_id
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
-- index assignment_lookup, then list_price_lookup
assigned AS (
    SELECT DISTINCT ON (q.no)
           q.no, a.price_list_id, up.depth AS list_depth, i.price, i.min_qty
    FROM question q
    JOIN lineage up ON up.party_id = q.asked_sell_to_id
    JOIN pricing_pricelistassignment a
      ON a.tenant_id = %(tenant)s::bigint AND a.party_id = up.ancestor_id AND a.currency = q.asked_currency
     AND a.valid_from <= q.on_date AND (a.valid_to >= q.on_date OR a.valid_to IS NULL)
    LEFT JOIN pricing_pricelistitem i
      ON i.tenant_id = %(tenant)s::bigint AND i.product_id = q.asked_product_id AND i.price_list_id = a.price_list_id
     AND i.min_qty <= q.quantity
     AND i.valid_from <= q.on_date AND (i.valid_to >= q.on_date OR i.valid_to IS NULL)
    ORDER BY q.no, i.price IS NULL, up.depth, i.min_qty DESC
),
base AS (
    SELECT DISTINCT ON (q.no) q.no, pl.code, i.price, i.min_qty
    FROM question q
    JOIN pricing_pricelist pl
      ON pl.tenant_id = %(tenant)s::bigint AND pl.kind = 'base' AND pl.currency = q.asked_currency
    LEFT JOIN pricing_pricelistitem i
      ON i.tenant_id = %(tenant)s::bigint AND i.product_id = q.asked_product_id AND i.price_list_id = pl.id
     AND i.min_qty <= q.quantity
     AND i.valid_from <= q.on_date AND (i.valid_to >= q.on_date OR i.valid_to IS NULL)
    WHERE %(with_losers)s::boolean
       OR q.no NOT IN (SELECT assigned.no FROM assigned WHERE assigned.price IS NOT NULL)
    ORDER BY q.no, i.min_qty DESC NULLS LAST
)
SELECT q.no, q.floor_price, q.floor_currency,
       list.code AS list_code, assigned.list_depth, assigned.price AS list_price, assigned.min_qty AS list_qty,
       base.code AS base_code, base.price AS base_price, base.min_qty AS base_qty,
       q.cited_covers, q.cited_end_buyer_id IS NULL AS cites_contract, q.cited_sell_to_id IS NULL AS cites_any,
       CASE WHEN q.cited_ids IS NOT NULL THEN (
           SELECT p.name FROM parties_party p
           WHERE p.tenant_id = %(tenant)s::bigint AND p.id = coalesce(q.cited_end_buyer_id, q.cited_sell_to_id)
       ) END AS cited_for,
       r.id AS line_id, r.verdict, r.step, r.is_cited, a.number, a.revision, a.status, r.mechanism,
       r.prices[greatest(r.tier_no, 1)] AS price, r.min_qtys[greatest(r.tier_no, 1)] AS tier_qty, r.tier_basis,
       r.book_price AS fixed_book, r.cap_qty, r.cap_qty - r.used_qty AS left_qty, r.used_qty,
       r.currency, r.project, r.valid_from, r.valid_to, r.product_id IS NULL AS is_family,
       r.seller_depth, r.owner_depth,
       CASE WHEN %(with_losers)s::boolean THEN (
           SELECT p.name FROM parties_party p WHERE p.tenant_id = %(tenant)s::bigint AND p.id = r.end_buyer_id
       ) END AS buyer_name,
       CASE WHEN %(with_losers)s::boolean THEN (
           SELECT p.name FROM parties_party p WHERE p.tenant_id = %(tenant)s::bigint AND p.id = r.sell_to_id
       ) END AS seller_name
FROM question q
LEFT JOIN assigned ON assigned.no = q.no
LEFT JOIN pricing_pricelist list ON list.tenant_id = %(tenant)s::bigint AND list.id = assigned.price_list_id
LEFT JOIN base ON base.no = q.no
LEFT JOIN ranked r
  ON r.no = q.no AND (
      r.place <= CASE WHEN %(with_losers)s::boolean THEN 10 ELSE 0 END
      OR (r.place = 1 AND r.verdict = 0) OR r.is_cited
  )
LEFT JOIN pricing_agreement a ON a.tenant_id = %(tenant)s::bigint AND a.id = r.agreement_id
ORDER BY q.no, r.place
