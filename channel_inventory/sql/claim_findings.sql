-- The X12 901 reasons of sales that claim: which hold, whether each denies the line or only warns, and why, in a
-- sentence. `place` is the order in which they are told; denials go first.
CREATE TEMPORARY TABLE channel_claim_finding ON COMMIT DROP AS
WITH refused AS (
    SELECT f.sale_id, f.line_id, f.ref, told.code, told.message
    FROM channel_claim_fact f
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN f.near_verdict = 4 THEN '19'
            WHEN f.near_verdict = 3 AND f.cited <> '' THEN '02'
            WHEN f.near_verdict = 3 THEN '20'
            WHEN f.near_verdict = 1 THEN '05'
            WHEN f.near_verdict IS NOT NULL THEN '01'
            WHEN f.cited = '' THEN '26'
            WHEN f.cites_debit IS NULL OR NOT f.cites_debit THEN '01'
            WHEN NOT f.cites_product THEN '03'
            ELSE '26'
        END,
        CASE f.near_verdict
            WHEN 7 THEN format('%%s is not in force.', f.near_ref)
            WHEN 6 THEN format('%%s is another partner''s.', f.near_ref)
            WHEN 5 THEN format('%%s is for a project and has to be cited.', f.near_ref)
            WHEN 4 THEN format('%%s starts on %%s; resold on %%s.', f.near_ref, f.near_from, f.invoice_date)
            WHEN 3 THEN format('%%s ended on %%s; resold on %%s.', f.near_ref, f.near_to, f.invoice_date)
            WHEN 2 THEN format(
                '%%s starts at %%s.', f.near_ref, to_char(f.near_tier_qty, 'FM999,999,999,999,999,999,990')
            )
            WHEN 1 THEN format('Nothing is left of %%s.', f.near_ref)
            WHEN 0 THEN format('%%s comes after a nearer one.', f.near_ref)
            ELSE CASE
                WHEN f.cited = '' THEN 'No authorisation for this end buyer and part.'
                WHEN f.cites_debit IS NULL THEN format('There is no authorisation %%s.', f.cited)
                WHEN NOT f.cites_debit THEN format('%%s is not ship and debit.', f.cited)
                WHEN NOT f.cites_product THEN format('This part is not on %%s.', f.cited)
                ELSE format('%%s is for another end buyer.', f.cited)
            END
        END
    ) AS told (code, message)
    WHERE f.line_id IS NULL OR (f.cited <> '' AND NOT f.is_cited)
),
amount AS (
    SELECT
        f.sale_id, f.claim_currency, f.line_id, f.ref, f.quantity AS sold, f.claimed_amount AS asked, f.price, f.digits,
        f.list_price, f.agreed_book, w.amount, w.units, w.known, w.beyond, w.foreign_currencies,
        f.claimed_amount <> w.amount AND f.currency = f.claim_currency AS asks_otherwise
    FROM channel_claim_fact f
    JOIN channel_claim_worth w USING (sale_id)
    WHERE f.line_id IS NOT NULL
)
-- an authorisation that does not hold is only a warning where another agreement does
SELECT r.sale_id, 1 AS place, r.code, true AS is_denial, r.message
FROM refused r
WHERE r.line_id IS NULL
UNION ALL
SELECT r.sale_id, 1, '01', false, format('%%s Valued by %%s instead.', r.message, r.ref)
FROM refused r
WHERE r.line_id IS NOT NULL
UNION ALL
SELECT
    f.sale_id, 2, '29', true,
    format(
        'Claimed %%s days after the resale; the partner has %%s.', to_char(f.received_on - f.invoice_date, 'FM999,999,990'),
        to_char(f.claim_days, 'FM999,999,990')
    )
FROM channel_claim_fact f
WHERE f.received_on - f.invoice_date > f.claim_days
UNION ALL
SELECT
    f.sale_id, 3, '05', true,
    format('Nothing is left of the %%s of %%s.', to_char(f.cap_qty, 'FM999,999,999,999,999,999,990'), f.ref)
FROM channel_claim_fact f
WHERE f.left_qty <= 0
UNION ALL
SELECT
    f.sale_id, 3, '04', false,
    format(
        '%%s of %%s are left of %%s; %%s were sold.', to_char(f.left_qty, 'FM999,999,999,999,999,999,990'),
        to_char(f.cap_qty, 'FM999,999,999,999,999,999,990'), f.ref,
        to_char(f.quantity, 'FM999,999,999,999,999,999,990')
    )
FROM channel_claim_fact f
WHERE f.left_qty > 0 AND f.left_qty < f.quantity
UNION ALL
SELECT
    f.sale_id, 4, '28', true,
    format(
        'Claimed by an earlier report: invoice %%s, part, day, customer and quantity are the same.', f.invoice_number
    )
FROM channel_claim_fact f
WHERE f.is_twin_claimed
UNION ALL
SELECT
    f.sale_id, 5, '12', false,
    format(
        'Looks like an earlier line of this report: invoice %%s, part, day, customer and quantity are the same.',
        f.invoice_number
    )
FROM channel_claim_fact f
WHERE f.is_twin
UNION ALL
SELECT
    a.sale_id, 6, '25', true,
    format('The cost is in %%s, %%s in %%s: somebody has to look.', a.foreign_currencies, a.ref, a.claim_currency)
FROM amount a
WHERE a.foreign_currencies IS NOT NULL
UNION ALL
SELECT
    a.sale_id, 6, '15', true,
    format(
        'For %%s of %%s units the price basis is not known.', to_char(a.sold - a.known, 'FM999,999,999,999,999,999,990'),
        to_char(a.sold, 'FM999,999,999,999,999,999,990')
    )
FROM amount a
WHERE a.foreign_currencies IS NULL AND a.known < a.sold
UNION ALL
SELECT
    a.sale_id, 6, '17', true,
    format(
        'The agreed cost of %%s is not below what they cost.',
        to_char(trunc(a.price), 'FM999,999,999,999,990') || CASE WHEN part.fraction <> '' THEN '.' ELSE '' END
        || part.fraction
    )
FROM amount a
CROSS JOIN LATERAL (SELECT rtrim(split_part(a.price::text, '.', 2), '0')) AS short (fraction)
CROSS JOIN LATERAL (
    SELECT short.fraction || repeat('0', greatest(a.digits - length(short.fraction), 0))
) AS part (fraction)
WHERE a.foreign_currencies IS NULL AND a.known >= a.sold AND a.amount = 0
UNION ALL
SELECT
    a.sale_id, 7, '25', false,
    format(
        '%%s units are beyond the stock we know of, and count at the book price of their day.',
        to_char(a.beyond, 'FM999,999,999,999,999,999,990')
    )
FROM amount a
WHERE a.foreign_currencies IS NULL AND a.known >= a.sold AND a.beyond <> 0
UNION ALL
-- what the partner asks for, beside what we reckon; from another cost when any that is known gives its amount
SELECT
    a.sale_id, 8, CASE WHEN other.is_base THEN '07' ELSE '06' END, false,
    format('The partner claims %%s, we reckon %%s %%s.', theirs.amount, ours.amount, a.claim_currency)
    || CASE WHEN other.is_base THEN ' Theirs starts from another cost.' ELSE '' END
FROM amount a
CROSS JOIN LATERAL (
    SELECT coalesce(bool_or(round((v.cost - a.price) * a.units * power(10::numeric, a.digits)) = a.asked), false)
    FROM (
        SELECT c.cost
        FROM channel_claim_piece p
        CROSS JOIN LATERAL (VALUES (p.unit_cost), (p.net_cost)) AS c (cost)
        WHERE p.sale_id = a.sale_id AND p.currency = a.claim_currency
        UNION ALL
        VALUES (a.list_price), (a.agreed_book)
    ) AS v (cost)
) AS other (is_base)
CROSS JOIN LATERAL (SELECT power(10::numeric, a.digits)::bigint) AS minor (units)
CROSS JOIN LATERAL (
    SELECT CASE WHEN a.asked < 0 THEN '−' ELSE '' END
        || to_char(abs(a.asked) / minor.units, 'FM999,999,999,999,999,990')
        || CASE WHEN a.digits > 0 THEN '.' || lpad((abs(a.asked) %% minor.units)::text, a.digits, '0') ELSE '' END
) AS theirs (amount)
CROSS JOIN LATERAL (
    SELECT to_char(a.amount / minor.units, 'FM999,999,999,999,999,990')
        || CASE WHEN a.digits > 0 THEN '.' || lpad((a.amount %% minor.units)::text, a.digits, '0') ELSE '' END
) AS ours (amount)
WHERE a.asks_otherwise
