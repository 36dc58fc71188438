-- Prices for any number of questions: one row per question and agreement worth telling about, the best in place 1.
-- verdict: 0 applies; 1 cap; 2 tier; 3 sell-to; 4 project; 5 dates; 6 currency; 7 not in force; 8 end buyer
-- The LIMIT never cuts anything. It tells the planner how many questions there are: a prepared plan is made for one, a
-- batch comes with its real number.
WITH RECURSIVE climb (party_id, parent_id, path, minus) AS (
    -- a party without terms of its own has those of its group: index party_by_parent
    SELECT p.id, p.parent_id, ARRAY[p.id, p.parent_id], ARRAY[-p.id, -p.parent_id]
    FROM parties_party p
    WHERE p.tenant_id = %(tenant)s::bigint AND p.parent_id IS NOT NULL AND p.id = ANY (%(parties)s::bigint[])
    UNION ALL
    SELECT below.party_id, p.parent_id, below.path || p.parent_id, below.minus || -p.parent_id
    FROM climb below
    JOIN parties_party p ON p.tenant_id = %(tenant)s::bigint AND p.id = below.parent_id
    WHERE p.parent_id IS NOT NULL AND cardinality(below.path) <= 16
),
-- the whole way up: of two arrays that begin alike, the longer is the greater
lineage AS (
    SELECT c.party_id, max(c.path) AS path, max(c.minus) AS minus FROM climb c GROUP BY c.party_id
),
-- whose prices could apply, nearest first, and the keys of the lines that could: negative for contracts and for
-- families, see AgreementLine
question AS MATERIALIZED (
    SELECT q.*, p.floor_price, p.floor_currency,
           coalesce(buyer.path, ARRAY[coalesce(q.end_buyer_id, 0)]) AS buyers,
           coalesce(seller.path, ARRAY[q.sell_to_id]) AS sellers,
           coalesce(buyer.path, ARRAY[q.end_buyer_id]) || coalesce(seller.minus, ARRAY[-q.sell_to_id]) AS owner_keys,
           ARRAY[q.product_id, -p.family_id] AS subject_keys
    FROM (
        SELECT u.*
        FROM unnest(
            %(sell_to)s::bigint[], %(end_buyer)s::bigint[], %(product)s::bigint[], %(quantity)s::bigint[],
            %(currency)s::text[], %(on_date)s::date[], %(project)s::text[], %(cited)s::text[]
        ) WITH ORDINALITY AS u (
            sell_to_id, end_buyer_id, product_id, quantity, currency, on_date, project, cited, no
        )
        LIMIT %(count)s::bigint
    ) AS q
    LEFT JOIN catalog_product p ON p.tenant_id = %(tenant)s::bigint AND p.id = q.product_id
    LEFT JOIN lineage buyer ON buyer.party_id = q.end_buyer_id
    LEFT JOIN lineage seller ON seller.party_id = q.sell_to_id
),
-- index agreement_match, walked question by question: of many agreements a batch needs few
judged AS (
    SELECT q.no, l.*, a.number, a.revision, a.status, tier.no AS tier_no, used.qty AS used_qty,
           a.number = q.cited AS is_cited, array_position(q.sellers, l.sell_to_id) - 1 AS seller_depth,
           coalesce(
               array_position(q.buyers, l.end_buyer_id), array_position(q.sellers, -l.owner_key)
           ) - 1 AS owner_depth,
           CASE WHEN l.end_buyer_id IS NULL THEN 3 WHEN l.sell_to_id IS NULL THEN 2 ELSE 1 END AS step,
           CASE
               WHEN NOT l.is_ours THEN 8
               WHEN NOT l.is_in_force THEN 7
               WHEN l.currency <> q.currency THEN 6
               WHEN q.on_date NOT BETWEEN l.valid_from AND l.valid_to THEN 5
               WHEN l.project <> '' AND l.project <> q.project THEN 4
               WHEN l.sell_to_id <> ALL (q.sellers) THEN 3
               WHEN tier.no = 0 THEN 2
               WHEN l.cap_qty - used.qty < CASE l.mechanism WHEN 'direct' THEN q.quantity ELSE 1 END THEN 1
               ELSE 0
           END AS verdict
    FROM question q
    CROSS JOIN LATERAL (
        SELECT true AS is_ours, mine.*
        FROM pricing_agreementline mine
        WHERE mine.tenant_id = %(tenant)s::bigint
          AND mine.subject_key = ANY (q.subject_keys) AND mine.owner_key = ANY (q.owner_keys)
        UNION ALL
        -- what others have agreed for the same product
        (
            SELECT false, other.*
            FROM pricing_agreementline other
            WHERE %(with_losers)s::boolean AND other.tenant_id = %(tenant)s::bigint
              AND other.subject_key = q.product_id AND other.is_in_force AND other.currency = q.currency
              AND other.valid_from <= q.on_date AND other.valid_to >= q.on_date AND other.end_buyer_id <> ALL (q.buyers)
              AND (other.sell_to_id = q.sell_to_id OR other.sell_to_id IS NULL)
            LIMIT 3
        )
    ) AS l
    JOIN pricing_agreement a ON a.tenant_id = %(tenant)s::bigint AND a.id = l.agreement_id
    LEFT JOIN LATERAL (
        SELECT pool.consumed_qty + pool.reserved_qty AS qty
        FROM pricing_agreementline pool
        WHERE pool.tenant_id = %(tenant)s::bigint AND pool.id = l.carried_to_id
        OFFSET 0
    ) AS pool ON true
    CROSS JOIN LATERAL (SELECT coalesce(pool.qty, l.consumed_qty + l.reserved_qty)) AS used (qty)
    CROSS JOIN LATERAL (
        SELECT width_bucket(
            q.quantity + CASE l.tier_basis WHEN 'cumulative' THEN used.qty ELSE 0 END, l.min_qtys
        )
    ) AS tier (no)
    WHERE %(with_losers)s::boolean OR a.number = q.cited OR (
        l.is_in_force AND l.currency = q.currency AND l.valid_from <= q.on_date AND l.valid_to >= q.on_date
    )
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
-- the lists that each sell-to buys from, its own before its group's: index assignment_match
bought AS MATERIALIZED (
    SELECT s.id AS sell_to_id, up.depth, a.price_list_id, a.currency, a.valid_from, a.valid_to
    FROM unnest(%(sellers)s::bigint[]) AS s (id)
    LEFT JOIN lineage own ON own.party_id = s.id
    CROSS JOIN LATERAL unnest(coalesce(own.path, ARRAY[s.id])) WITH ORDINALITY AS up (party_id, depth)
    JOIN pricing_pricelistassignment a ON a.tenant_id = %(tenant)s::bigint AND a.party_id = up.party_id
),
-- the first list with a price: index list_price_match
assigned AS (
    SELECT DISTINCT ON (q.no) q.no, b.price_list_id, b.depth - 1 AS depth, i.price, i.min_qty
    FROM question q
    JOIN bought b
      ON b.sell_to_id = q.sell_to_id AND b.currency = q.currency
     AND b.valid_from <= q.on_date AND (b.valid_to >= q.on_date OR b.valid_to IS NULL)
    LEFT JOIN LATERAL (
        SELECT i.price, i.min_qty
        FROM pricing_pricelistitem i
        WHERE i.tenant_id = %(tenant)s::bigint AND i.product_id = q.product_id AND i.price_list_id = b.price_list_id
          AND i.min_qty <= q.quantity AND i.valid_from <= q.on_date AND (i.valid_to >= q.on_date OR i.valid_to IS NULL)
        ORDER BY i.min_qty DESC
        LIMIT 1
    ) AS i ON true
    ORDER BY q.no, i.price IS NULL, b.depth
)
SELECT q.no, q.floor_price, q.floor_currency,
       list.code AS list_code, assigned.depth AS list_depth, assigned.price AS list_price,
       assigned.min_qty AS list_qty, base.code AS base_code, item.price AS base_price, item.min_qty AS base_qty,
       r.place, r.id AS line_id, r.verdict, r.step, r.is_cited, r.number, r.revision, r.status, r.mechanism,
       r.prices[greatest(r.tier_no, 1)] AS price, r.min_qtys[greatest(r.tier_no, 1)] AS tier_qty, r.tier_basis,
       r.book_price AS fixed_book, r.cap_qty, r.cap_qty - r.used_qty AS left_qty, r.used_qty,
       r.currency, r.project, r.valid_from, r.valid_to, r.product_id IS NULL AS is_family,
       r.seller_depth, r.owner_depth, named.name AS party_name
FROM question q
LEFT JOIN assigned ON assigned.no = q.no
LEFT JOIN pricing_pricelist list ON list.tenant_id = %(tenant)s::bigint AND list.id = assigned.price_list_id
LEFT JOIN pricing_pricelist base
  ON base.tenant_id = %(tenant)s::bigint AND base.kind = 'base' AND base.currency = q.currency
LEFT JOIN LATERAL (
    SELECT i.price, i.min_qty
    FROM pricing_pricelistitem i
    WHERE (%(with_losers)s::boolean OR assigned.price IS NULL)
      AND i.tenant_id = %(tenant)s::bigint AND i.product_id = q.product_id AND i.price_list_id = base.id
      AND i.min_qty <= q.quantity AND i.valid_from <= q.on_date AND (i.valid_to >= q.on_date OR i.valid_to IS NULL)
    ORDER BY i.min_qty DESC
    LIMIT 1
) AS item ON true
LEFT JOIN ranked r
  ON r.no = q.no AND (
      r.is_cited OR r.place <= CASE WHEN %(with_losers)s::boolean THEN 10 WHEN r.verdict = 0 THEN 1 ELSE 0 END
  )
LEFT JOIN parties_party named
  ON named.tenant_id = %(tenant)s::bigint
 AND named.id = CASE r.verdict WHEN 8 THEN r.end_buyer_id WHEN 3 THEN r.sell_to_id END
