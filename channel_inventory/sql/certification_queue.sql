-- Texts that wait for a person, those first that would claim the most as what they are named most like, then those
-- resold for the most, as far as they stand near one of them; and what all uncertified lines were resold for, currency
-- by currency, those apart that were found to be no end buyer's. Worth is told in one currency only to find an order: what has no rate counts as it stands. Leans on
-- pos_line_uncertified, reported_end_buyer_queue and text_forecast_once.
WITH sold AS MATERIALIZED (
    SELECT line.reported_end_buyer_id AS text_id, line.currency,
           count(*) AS lines, sum(line.quantity * line.resale_price) AS value
    FROM channel_inventory_posline AS line
    WHERE line.tenant_id = %(tenant_id)s AND line.state = 'current' AND line.end_buyer_id IS NULL
    GROUP BY line.reported_end_buyer_id, line.currency
),
rate AS (
    SELECT * FROM unnest(%(currencies)s::text[], %(rates)s::numeric[]) AS rate (currency, rate)
),
waiting AS (
    SELECT text.id, text.state, sold.currency, sold.lines, sold.value,
           coalesce(sold.value * coalesce(rate.rate, 1), 0) AS worth
    FROM channel_inventory_reportedendbuyer AS text
    LEFT JOIN sold ON sold.text_id = text.id
    LEFT JOIN rate ON rate.currency = sold.currency
    WHERE text.tenant_id = %(tenant_id)s AND text.state IN ('open', 'later')
      AND (%(partner)s::bigint IS NULL OR text.partner_id = %(partner)s)
),
likely AS (
    SELECT text_id, worth
    FROM channel_inventory_textforecast
    WHERE tenant_id = %(tenant_id)s AND place = 1
),
placed AS (
    SELECT id, coalesce(sum(lines), 0)::bigint AS lines, min(value) AS value, min(currency) AS currency,
           count(currency) AS currencies,
           row_number() OVER (ORDER BY coalesce(max(likely.worth), 0) DESC, sum(waiting.worth) DESC, id) AS place
    FROM waiting
    LEFT JOIN likely ON likely.text_id = waiting.id
    WHERE state = 'open'
    GROUP BY id
),
summed AS (
    SELECT currency, sum(value) AS value, sum(lines)::bigint AS lines
    FROM waiting
    WHERE currency IS NOT NULL
    GROUP BY currency
),
refused AS (
    SELECT sold.currency, sum(sold.value) AS value
    FROM sold
    JOIN channel_inventory_reportedendbuyer AS text ON text.tenant_id = %(tenant_id)s AND text.id = sold.text_id
    WHERE text.state = 'rejected' AND (%(partner)s::bigint IS NULL OR text.partner_id = %(partner)s)
    GROUP BY sold.currency
),
totals AS (
    SELECT (SELECT coalesce(jsonb_agg(jsonb_build_array(currency, value::text, lines) ORDER BY currency), '[]')
            FROM summed) AS sums,
           (SELECT coalesce(jsonb_object_agg(currency, value::text), '{}') FROM refused) AS refused,
           (SELECT count(*) FROM placed) AS waiting,
           (SELECT count(DISTINCT id) FROM waiting WHERE state = 'later') AS later,
           coalesce((SELECT place FROM placed WHERE id = %(text)s), 1) AS here
)
SELECT totals.sums, totals.refused, totals.waiting, totals.later,
       shown.id, shown.place, shown.lines, shown.value, shown.currency, shown.currencies,
       text.name, text.city, text.country, text.normalised_name, best.name, forecast.likeness, forecast.claims::text
FROM totals
LEFT JOIN placed AS shown ON shown.place BETWEEN totals.here - %(before)s AND totals.here + %(after)s
LEFT JOIN channel_inventory_reportedendbuyer AS text
  ON text.tenant_id = %(tenant_id)s AND text.id = shown.id
LEFT JOIN channel_inventory_textforecast AS forecast
  ON forecast.tenant_id = %(tenant_id)s AND forecast.text_id = shown.id AND forecast.place = 1
LEFT JOIN parties_party AS best ON best.tenant_id = %(tenant_id)s AND best.id = forecast.party_id
ORDER BY shown.place
