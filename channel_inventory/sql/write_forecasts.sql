-- What was reckoned of the candidates of one place, text by text and agreement by agreement. Worth is in one currency to
-- find an order; what has no rate counts as it stands.
INSERT INTO channel_inventory_textforecast (
    tenant_id, text_id, place, party_id, likeness, claims, worth, made_at
)
SELECT
    %(tenant)s, asked.text_id, %(place)s, asked.party_id, asked.likeness, coalesce(reckoned.claims, '[]'),
    coalesce(reckoned.worth, 0), %(at)s
FROM unnest(%(texts)s::bigint[], %(parties)s::bigint[], %(likeness)s::numeric[])
    AS asked (text_id, party_id, likeness)
LEFT JOIN (
    SELECT
        own.text_id,
        jsonb_agg(
            jsonb_build_object(
                'number', own.number, 'currency', own.currency, 'lines', own.lines, 'amount', own.amount,
                'denied', own.denied
            )
            ORDER BY own.amount DESC, own.number, own.currency
        ) AS claims,
        sum(round(own.amount / power(10::numeric, own.digits) * coalesce(rate.rate, 1), 2)) AS worth
    FROM (
        SELECT
            s.reported_end_buyer_id AS text_id, f.number, f.claim_currency AS currency, f.digits,
            count(*) FILTER (WHERE NOT found.is_denied) AS lines, count(*) FILTER (WHERE found.is_denied) AS denied,
            coalesce(sum(w.amount) FILTER (WHERE NOT found.is_denied), 0)::bigint AS amount
        FROM channel_claim_fact f
        JOIN channel_claim_worth w ON w.sale_id = f.sale_id
        JOIN channel_inventory_posline s ON s.tenant_id = %(tenant)s AND s.id = f.sale_id
        CROSS JOIN LATERAL (
            SELECT coalesce(bool_or(e.is_denial), false) FROM channel_claim_finding e WHERE e.sale_id = f.sale_id
        ) AS found (is_denied)
        GROUP BY s.reported_end_buyer_id, f.number, f.claim_currency, f.digits
    ) own
    LEFT JOIN unnest(%(currencies)s::text[], %(rates)s::numeric[]) AS rate (currency, rate)
        ON rate.currency = own.currency
    GROUP BY own.text_id
) reckoned ON reckoned.text_id = asked.text_id
ORDER BY asked.text_id
