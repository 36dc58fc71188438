-- What partners sold up to the day to end buyers that nobody has certified yet: it earns no claim. Prices have six
-- decimals, so the value is exact and is rounded where it is shown.
SELECT currency, count(*) AS lines, sum(quantity * resale_price) AS value
FROM channel_inventory_posline
WHERE tenant_id = %(tenant)s
    AND state = 'current'
    AND end_buyer_id IS NULL
    AND invoice_date <= %(as_of)s::date
    AND (%(partners)s::bigint[] IS NULL OR partner_id = ANY(%(partners)s::bigint[]))
    AND (%(products)s::bigint[] IS NULL OR product_id = ANY(%(products)s::bigint[]))
GROUP BY currency
ORDER BY currency
