-- The latest rate on or before each day; the other way round only where the direct one is not known at all.
SELECT q.no, coalesce(
    (
        SELECT r.rate
        FROM pricing_fxrate r
        WHERE r.tenant_id = %(tenant)s::bigint AND r.date <= q.day
          AND (r.from_currency, r.to_currency) = (q.from_currency, q.to_currency)
        ORDER BY r.date DESC
        LIMIT 1
    ),
    (
        SELECT round(1 / r.rate, 8)
        FROM pricing_fxrate r
        WHERE r.tenant_id = %(tenant)s::bigint AND r.date <= q.day
          AND (r.from_currency, r.to_currency) = (q.to_currency, q.from_currency)
        ORDER BY r.date DESC
        LIMIT 1
    )
) AS rate
FROM unnest(%(from)s::text[], %(to)s::text[], %(day)s::date[])
    WITH ORDINALITY AS q (from_currency, to_currency, day, no)
ORDER BY q.no
