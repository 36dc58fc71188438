-- For each of so many lines of point of sale an accrual, for nine of ten an approval twenty days later, for eight of ten
-- a settlement after another fifteen, over two years up to today. A partner sells some products to some end buyers
-- under an agreement each, so that keys repeat as they do in life.
INSERT INTO channel_inventory_liabilityledger (
    tenant_id, kind, entry, estimated, claimed, currency, partner_id, end_buyer_id, product_id, agreement_id, period,
    business_date, event_date, recorded_at, received_on, credit_id, note, source_key
)
WITH partners AS (
    SELECT array_agg(id ORDER BY id) AS ids
    FROM (
        SELECT DISTINCT f.party_id AS id
        FROM parties_partyrolefact f
        WHERE f.tenant_id = %(tenant)s AND f.role = 'sell_to'
        ORDER BY 1
        LIMIT 40
    ) each
),
agreed AS (
    SELECT
        array_agg(l.agreement_id ORDER BY l.id) AS agreements, array_agg(l.product_id ORDER BY l.id) AS products,
        array_agg(l.end_buyer_id ORDER BY l.id) AS end_buyers
    FROM (
        SELECT id, agreement_id, product_id, end_buyer_id
        FROM pricing_agreementline
        WHERE tenant_id = %(tenant)s AND end_buyer_id IS NOT NULL AND product_id IS NOT NULL
        ORDER BY id
        LIMIT 2000
    ) l
),
sold AS (
    SELECT
        n, p.ids[1 + n %% cardinality(p.ids)] AS partner_id,
        1 + (
            (n %% cardinality(p.ids)) * 37
            + (n / cardinality(p.ids) * 7919::bigint) %% greatest(10, least(300, %(lines)s / 10000))
        )::int %% cardinality(a.agreements) AS place,
        %(today)s::date - (730 - (n * 730::bigint / %(lines)s))::int AS day,
        1000 + (n * 104729::bigint) %% 90000 AS amount, a.agreements, a.products, a.end_buyers
    FROM generate_series(1, %(lines)s) AS n, partners p, agreed a
),
entries AS (
    SELECT s.*, v.entry, v.estimated, v.claimed, s.day + v.later AS on_day
    FROM sold s
    CROSS JOIN LATERAL (
        VALUES ('accrue', s.amount, 0::bigint, 0), ('approve', -s.amount, s.amount, 20), ('settle', 0, -s.amount, 35)
    ) AS v (entry, estimated, claimed, later)
    WHERE v.entry = 'accrue'
        OR (v.entry = 'approve' AND s.n %% 10 > 0)
        OR (v.entry = 'settle' AND s.n %% 10 > 1)
)
SELECT
    t.id, 'ship_and_debit', e.entry, e.estimated, e.claimed, t.currency, e.partner_id, e.end_buyers[e.place],
    e.products[e.place], e.agreements[e.place], date_trunc('month', e.day)::date, e.on_day, e.on_day,
    e.on_day::timestamptz, e.day + 5, c.id, '', e.entry || ':b' || e.n
FROM entries e
JOIN tenancy_tenant t ON t.id = %(tenant)s
LEFT JOIN channel_inventory_claimcredit c
    ON c.tenant_id = t.id AND e.entry = 'settle'
    AND c.number = 'CR-B' || e.partner_id || '-' || greatest((%(today)s::date - e.on_day) / 30, 0)
WHERE e.on_day <= %(today)s::date AND (e.entry <> 'settle' OR c.id IS NOT NULL)
ORDER BY e.on_day
