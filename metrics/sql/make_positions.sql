-- Carry the touched keys' positions forward from the first day that changed; what lies before stays.
-- `first` is the earliest of these days over all keys: flows are read from there through their own key, and positions too.
WITH touched AS (
    SELECT sell_to_id, end_buyer_id, product_id, currency, min(first_day) AS first_day
    FROM metrics_touched
    GROUP BY 1, 2, 3, 4
),
base AS (
    SELECT
        sell_to_id, end_buyer_id, product_id, currency, p.valid_from, p.valid_to,
        p.quantity, p.value, p.reporting_value, p.unrated_value, p.unbilled_value
    FROM touched t
    JOIN metrics_backlogposition p USING (sell_to_id, product_id, end_buyer_id, currency)
    WHERE p.tenant_id = %(tenant)s
        AND p.valid_from < t.first_day
        AND (p.valid_to IS NULL OR p.valid_to >= t.first_day - 1)
),
moves AS (
    SELECT
        sell_to_id, end_buyer_id, product_id, currency, f.day,
        coalesce(f.backlog_qty, 0) AS quantity,
        coalesce(f.backlog_value, 0) AS value,
        coalesce(f.backlog_reporting, 0) AS reporting_value,
        coalesce(f.unrated_value, 0) AS unrated_value,
        -coalesce(f.shipped_value, 0) - coalesce(f.unshipped_value, 0) - coalesce(f.invoiced_value, 0) AS unbilled_value
    FROM touched t
    JOIN metrics_dailyflow f USING (sell_to_id, product_id, end_buyer_id, currency)
    WHERE f.tenant_id = %(tenant)s AND f.day >= %(first)s AND f.day >= t.first_day
),
changes AS (
    SELECT * FROM moves WHERE (quantity, value, reporting_value, unrated_value, unbilled_value) <> (0, 0, 0, 0, 0)
),
states AS (
    SELECT
        sell_to_id, end_buyer_id, product_id, currency, c.day,
        lead(c.day) OVER key_by_day - 1 AS valid_to,
        coalesce(b.quantity, 0) + oms_sum(c.quantity) OVER key_by_day AS quantity,
        coalesce(b.value, 0) + oms_sum(c.value) OVER key_by_day AS value,
        coalesce(b.reporting_value, 0) + oms_sum(c.reporting_value) OVER key_by_day AS reporting_value,
        coalesce(b.unrated_value, 0) + oms_sum(c.unrated_value) OVER key_by_day AS unrated_value,
        coalesce(b.unbilled_value, 0) + oms_sum(c.unbilled_value) OVER key_by_day AS unbilled_value
    FROM changes c
    LEFT JOIN base b USING (sell_to_id, end_buyer_id, product_id, currency)
    WINDOW key_by_day AS (PARTITION BY sell_to_id, end_buyer_id, product_id, currency ORDER BY c.day)
),
gone AS (
    DELETE FROM metrics_backlogposition p
    USING touched t
    WHERE p.tenant_id = %(tenant)s
        AND p.sell_to_id = t.sell_to_id
        AND p.product_id = t.product_id
        AND p.end_buyer_id = t.end_buyer_id
        AND p.currency = t.currency
        AND p.valid_from >= t.first_day
    RETURNING 1
),
closed AS (
    UPDATE metrics_backlogposition p
    SET valid_to = e.valid_to
    FROM (
        SELECT
            sell_to_id, end_buyer_id, product_id, currency, b.valid_from, b.valid_to AS was, min(c.day) - 1 AS valid_to
        FROM base b
        LEFT JOIN changes c USING (sell_to_id, end_buyer_id, product_id, currency)
        GROUP BY 1, 2, 3, 4, 5, 6
    ) e
    WHERE p.tenant_id = %(tenant)s
        AND p.sell_to_id = e.sell_to_id
        AND p.product_id = e.product_id
        AND p.end_buyer_id = e.end_buyer_id
        AND p.currency = e.currency
        AND p.valid_from = e.valid_from
        AND e.valid_to IS DISTINCT FROM e.was
    RETURNING 1
),
made AS (
    INSERT INTO metrics_backlogposition (
        tenant_id, sell_to_id, end_buyer_id, product_id, currency, valid_from, valid_to,
        quantity, value, reporting_value, unrated_value, unbilled_value
    )
    SELECT
        %(tenant)s, sell_to_id, end_buyer_id, product_id, currency, day, valid_to,
        quantity, value, reporting_value, unrated_value, unbilled_value
    FROM states
    -- the old rows of a key go before its new ones come, or their primary key would see both
    CROSS JOIN (SELECT count(*) AS rows FROM gone) AS after_gone
    WHERE (quantity, value, reporting_value, unrated_value, unbilled_value) <> (0, 0, 0, 0, 0)
    RETURNING 1
)
SELECT
    (SELECT count(*) FROM touched) AS keys,
    (SELECT count(*) FROM gone) AS gone,
    (SELECT count(*) FROM closed) AS closed,
    (SELECT count(*) FROM made) AS made
