-- What each sale claims, in minor units, from which pieces: max(0, min(basis, net cost) - agreed cost) a unit, summed and
-- rounded half up once, as in engine/claims.py. Costs in another currency tell nothing. Whatever the basis is, a unit of
-- unknown cost is not credited.
CREATE TEMPORARY TABLE channel_claim_worth ON COMMIT DROP AS
WITH unit AS (
    SELECT
        f.sale_id, f.quantity AS sold, f.price, f.digits, p.place, p.layer_id, p.received_on, p.quantity,
        CASE WHEN p.currency <> f.claim_currency THEN p.currency END AS foreign_currency,
        ours.unit_cost, ours.net_cost, basis.cost AS basis,
        sum(greatest(p.quantity, 0)) OVER (PARTITION BY f.sale_id ORDER BY p.place) AS upto
    FROM channel_claim_fact f
    LEFT JOIN channel_claim_piece p ON p.sale_id = f.sale_id
    CROSS JOIN LATERAL (
        SELECT CASE WHEN p.currency = f.claim_currency THEN p.unit_cost END,
               CASE WHEN p.currency = f.claim_currency THEN p.net_cost END
    ) AS ours (unit_cost, net_cost)
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN ours.unit_cost IS NULL THEN NULL
            WHEN f.price_basis = 'book_on_resale' THEN f.list_price
            WHEN f.price_basis = 'agreement_book' THEN f.agreed_book
            ELSE ours.unit_cost
        END
    ) AS basis (cost)
),
credit AS (
    SELECT
        u.*,
        greatest(least(u.upto, u.sold) - (u.upto - greatest(u.quantity, 0)), 0) AS part,
        -- a basis that nobody knows credits nothing; a net cost that nobody knows does not bound it
        CASE WHEN u.basis IS NOT NULL THEN greatest(least(u.basis, u.net_cost) - u.price, 0) ELSE 0 END AS each
    FROM unit u
)
SELECT
    c.sale_id,
    coalesce(round(sum(c.each * c.part) * power(10::numeric, c.digits)), 0)::bigint AS amount,
    coalesce(sum(c.part), 0)::bigint AS units,
    coalesce(sum(c.quantity) FILTER (WHERE c.basis IS NOT NULL), 0)::bigint AS known,
    coalesce(sum(c.quantity) FILTER (WHERE c.layer_id IS NULL), 0)::bigint AS beyond,
    string_agg(DISTINCT c.foreign_currency, ', ' ORDER BY c.foreign_currency) AS foreign_currencies,
    coalesce(
        jsonb_agg(
            jsonb_build_object(
                'layer', c.layer_id, 'received_on', coalesce(to_char(c.received_on, 'YYYY-MM-DD'), ''),
                'quantity', c.quantity, 'unit_cost', c.unit_cost::text, 'net_cost', c.net_cost::text,
                'basis', c.basis::text
            )
            ORDER BY c.place
        ) FILTER (WHERE c.place IS NOT NULL),
        '[]'
    ) AS pieces
FROM credit c
GROUP BY c.sale_id, c.digits
