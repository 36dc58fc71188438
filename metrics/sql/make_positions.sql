-- Carry the touched keys' positions forward from the first day that changed; what lies before stays.
-- `first` is the earliest of these days over all keys: flows are read from there through their own key, and positions too.
WITH touched AS (
    SELECT sell_to_id, end_buyer_id, product_id, currency, min(first_day) AS first_day
    FROM metrics_touched
    GROUP BY 1, 2, 3, 4
),
-- what a key stood at before, as its first step: so the running sums need no join
base AS (
    SELECT
        t.sell_to_id, t.end_buyer_id, t.product_id, t.currency, p.valid_from AS day, true AS is_base,
        p.quantity, p.value, p.reporting_value, p.unrated_value, p.unbilled_value
    FROM touched t
    -- the newest row before, found from the end of the key's history however long that is
    CROSS JOIN LATERAL (
        SELECT *
        FROM metrics_backlogposition q
        WHERE q.tenant_id = %(tenant)s
            AND q.sell_to_id = t.sell_to_id
            AND q.product_id = t.product_id
            AND q.end_buyer_id = t.end_buyer_id
            AND q.currency = t.currency
            AND q.valid_from < t.first_day
        ORDER BY q.valid_from DESC
        LIMIT 1
    ) p
    WHERE p.valid_to IS NULL OR p.valid_to >= t.first_day - 1
),
moves AS (
    SELECT
        sell_to_id, end_buyer_id, product_id, currency, f.day, false AS is_base,
        coalesce(f.backlog_qty, 0) AS quantity,
        coalesce(f.backlog_value, 0) AS value,
        coalesce(f.backlog_reporting, 0) AS reporting_value,
        coalesce(f.unrated_value, 0) AS unrated_value,
        coalesce(f.unbilled_value, 0) AS unbilled_value
    FROM touched t
    JOIN metrics_dailyflow f USING (sell_to_id, product_id, end_buyer_id, currency)
    WHERE f.tenant_id = %(tenant)s AND f.day >= %(first)s AND f.day >= t.first_day
),
steps AS (
    SELECT * FROM base
    UNION ALL
    SELECT * FROM moves WHERE (quantity, value, reporting_value, unrated_value, unbilled_value) <> (0, 0, 0, 0, 0)
),
states AS (
    SELECT
        sell_to_id, end_buyer_id, product_id, currency, day, is_base,
        lead(day) OVER key_by_day - 1 AS valid_to,
        oms_sum(quantity) OVER key_by_day AS quantity,
        oms_sum(value) OVER key_by_day AS value,
        oms_sum(reporting_value) OVER key_by_day AS reporting_value,
        oms_sum(unrated_value) OVER key_by_day AS unrated_value,
        oms_sum(unbilled_value) OVER key_by_day AS unbilled_value
    FROM steps
    WINDOW key_by_day AS (PARTITION BY sell_to_id, end_buyer_id, product_id, currency ORDER BY day)
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
    SET valid_to = s.valid_to
    FROM states s
    WHERE s.is_base
        AND p.tenant_id = %(tenant)s
        AND p.sell_to_id = s.sell_to_id
        AND p.product_id = s.product_id
        AND p.end_buyer_id = s.end_buyer_id
        AND p.currency = s.currency
        AND p.valid_from = s.day
        AND p.valid_to IS DISTINCT FROM s.valid_to
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
    WHERE NOT is_base
        AND (quantity, value, reporting_value, unrated_value, unbilled_value) <> (0, 0, 0, 0, 0)
        -- the old rows of a key go before its new ones come, or their primary key would see both
        AND (SELECT count(*) FROM gone) >= 0
    RETURNING 1
)
SELECT
    (SELECT count(*) FROM gone) AS gone,
    (SELECT count(*) FROM closed) AS closed,
    (SELECT count(*) FROM made) AS made
