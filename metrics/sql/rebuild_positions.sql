-- All positions of one part of the products from their flows. The table holds none of them any more.
INSERT INTO metrics_backlogposition (
    tenant_id, sell_to_id, end_buyer_id, product_id, currency, valid_from, valid_to,
    quantity, value, reporting_value, unrated_value, unbilled_value
)
SELECT
    %(tenant)s, sell_to_id, end_buyer_id, product_id, currency, day, valid_to,
    quantity, value, reporting_value, unrated_value, unbilled_value
FROM (
    SELECT
        sell_to_id, end_buyer_id, product_id, currency, day,
        lead(day) OVER key_by_day - 1 AS valid_to,
        oms_sum(quantity) OVER key_by_day AS quantity,
        oms_sum(value) OVER key_by_day AS value,
        oms_sum(reporting_value) OVER key_by_day AS reporting_value,
        oms_sum(unrated_value) OVER key_by_day AS unrated_value,
        oms_sum(unbilled_value) OVER key_by_day AS unbilled_value
    FROM (
        SELECT
            f.sell_to_id, f.end_buyer_id, f.product_id, f.currency, f.day,
            coalesce(f.backlog_qty, 0) AS quantity,
            coalesce(f.backlog_value, 0) AS value,
            coalesce(f.backlog_reporting, 0) AS reporting_value,
            coalesce(f.unrated_value, 0) AS unrated_value,
            coalesce(f.unbilled_value, 0) AS unbilled_value
        FROM metrics_dailyflow f
        WHERE f.tenant_id = %(tenant)s AND f.product_id %% %(parts)s = %(part)s
    ) moves
    WHERE (quantity, value, reporting_value, unrated_value, unbilled_value) <> (0, 0, 0, 0, 0)
    WINDOW key_by_day AS (PARTITION BY sell_to_id, product_id, end_buyer_id, currency ORDER BY day)
) states
WHERE (quantity, value, reporting_value, unrated_value, unbilled_value) <> (0, 0, 0, 0, 0)
