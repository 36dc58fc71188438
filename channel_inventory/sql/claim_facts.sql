-- Sales that claim, each beside the agreement it is valued by (one that applies, or would if anything were left of it),
-- and beside the authorisation that does not hold: the cited one, or what came nearest. Indexes pos_line_of_product,
-- claim_line_of_pos_line, agreement_revision_once and agreement_lines.
CREATE TEMPORARY TABLE channel_claim_fact ON COMMIT DROP AS
WITH cost AS (
    SELECT p.sale_id, min(p.currency) AS currency FROM channel_claim_piece p GROUP BY p.sale_id
),
ranked AS (
    SELECT
        c.*,
        row_number() OVER (
            PARTITION BY c.sale_id
            ORDER BY c.verdict, NOT c.is_cited, c.currency IS DISTINCT FROM cost.currency, c.sell_to_id IS NULL,
                     c.project = '', c.product_id IS NULL, c.seller_depth, c.buyer_depth, c.line_id DESC
        ) AS place,
        row_number() OVER (
            PARTITION BY c.sale_id, c.is_cited ORDER BY c.verdict, c.valid_to DESC, c.line_id DESC
        ) AS cited_place
    FROM channel_claim_candidate c
    LEFT JOIN cost USING (sale_id)
),
cited AS (
    SELECT DISTINCT ON (r.sale_id) r.*
    FROM ranked r
    WHERE r.is_cited AND (r.place = 1 OR r.cited_place = 1)
    ORDER BY r.sale_id, r.place
),
elsewhere AS (
    SELECT
        s.sale_id, bool_or(a.mechanism = 'ship_and_debit') AS is_debit,
        bool_or(EXISTS (
            SELECT
            FROM pricing_agreementline l
            WHERE l.tenant_id = %(tenant)s AND l.agreement_id = a.id AND l.subject_key IN (s.product_id, -s.family_id)
        )) AS covers_product
    FROM channel_claim_sale s
    JOIN pricing_agreement a ON a.tenant_id = %(tenant)s AND a.number = s.cited
    WHERE s.cited <> '' AND NOT EXISTS (SELECT FROM cited WHERE cited.sale_id = s.sale_id)
    GROUP BY s.sale_id
),
wanted AS (
    SELECT s.*, best.verdict
    FROM channel_claim_sale s
    LEFT JOIN ranked best ON best.sale_id = s.sale_id AND best.place = 1
    WHERE s.asks OR best.verdict <= 1
),
twin AS (
    SELECT
        s.sale_id, bool_or(t.batch_id = s.batch_id) AS in_report,
        bool_or(t.batch_id <> s.batch_id AND EXISTS (
            SELECT
            FROM channel_inventory_claimline c
            WHERE c.tenant_id = %(tenant)s AND c.pos_line_id = t.id AND c.state IN ('pending', 'approved')
        )) AS is_claimed
    FROM wanted s
    JOIN channel_inventory_posline t
      ON t.tenant_id = %(tenant)s AND t.partner_id = s.partner_id AND t.product_id = s.product_id
     AND t.invoice_date = s.invoice_date AND t.invoice_number = s.invoice_number AND t.id < s.sale_id
    WHERE t.state = 'current' AND t.quantity = s.quantity AND t.line_key <> s.line_key
      -- customers that were merged are one
      AND (t.end_buyer_id = s.end_buyer_id OR EXISTS (
          SELECT
          FROM parties_party AS theirs
          JOIN parties_party AS ours
            ON ours.tenant_id = %(tenant)s AND ours.id = s.end_buyer_id
           AND coalesce(ours.merged_into_id, ours.id) = coalesce(theirs.merged_into_id, theirs.id)
          WHERE theirs.tenant_id = %(tenant)s AND theirs.id = t.end_buyer_id
      ))
    GROUP BY s.sale_id
)
SELECT
    s.*, buyer.name AS end_buyer_name, best.currency AS best_currency,
    a.line_id, a.agreement_id, a.number, a.revision, a.number || ' rev ' || a.revision AS ref, a.price, a.tier_qty,
    a.tier_basis, a.book_price AS agreed_book, a.cap_qty, a.left_qty, a.valid_from, a.valid_to, a.is_cited,
    coalesce(a.currency, s.currency) AS claim_currency, minor.digits,
    NULL::numeric(18, 6) AS list_price,
    near.verdict AS near_verdict, near.number || ' rev ' || near.revision AS near_ref, near.valid_from AS near_from,
    near.valid_to AS near_to, near.tier_qty AS near_tier_qty,
    elsewhere.is_debit AS cites_debit, elsewhere.covers_product AS cites_product,
    coalesce(twin.in_report, false) AS is_twin, coalesce(twin.is_claimed, false) AS is_twin_claimed
FROM wanted s
JOIN parties_party buyer ON buyer.tenant_id = %(tenant)s AND buyer.id = s.end_buyer_id
LEFT JOIN ranked best ON best.sale_id = s.sale_id AND best.place = 1
LEFT JOIN ranked a ON a.sale_id = s.sale_id AND a.place = 1 AND a.verdict <= 1
LEFT JOIN cited ON cited.sale_id = s.sale_id
LEFT JOIN ranked near
  ON near.sale_id = s.sale_id
 AND near.line_id = CASE WHEN s.cited <> '' THEN cited.line_id ELSE best.line_id END
LEFT JOIN elsewhere ON elsewhere.sale_id = s.sale_id
LEFT JOIN twin ON twin.sale_id = s.sale_id
JOIN unnest(%(currencies)s::text[], %(digits)s::integer[]) AS minor (currency, digits)
  ON minor.currency = coalesce(a.currency, s.currency)
