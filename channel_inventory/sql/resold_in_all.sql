-- What all that counts now was resold for, currency by currency, of one partner or of all.
SELECT currency, sum(quantity * resale_price)::text AS value
FROM channel_inventory_posline
WHERE tenant_id = %(tenant)s AND state = 'current' AND (%(partner)s::bigint IS NULL OR partner_id = %(partner)s)
GROUP BY currency
ORDER BY currency
