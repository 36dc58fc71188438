-- Carry the touched keys' positions forward from the first day that changed; what lies before stays.
-- `first` is the earliest of these days over all keys: flows are read from there through their own key. Positions are
-- looked up once a key, through theirs; the row to close is then found by its place.
WITH touched AS (
    SELECT sell_to_id, end_buyer_id, product_id, currency, min(first_day) AS first_day
    FROM metrics_touched
    GROUP BY 1, 2, 3, 4
),
-- the newest row of each key, found from the end of its history however long that is
newest AS MATERIALIZED (
    SELECT t.*, p.*
    FROM touched t
    LEFT JOIN LATERAL (
        SELECT
            q.ctid AS place, q.valid_from, q.valid_to, q.quantity, q.value, q.reporting_value, q.unrated_value,
            q.unbilled_value
        FROM metrics_backlogposition q
        WHERE q.tenant_id = %(tenant)s
            AND q.sell_to_id = t.sell_to_id
            AND q.product_id = t.product_id
            AND q.end_buyer_id = t.end_buyer_id
            AND q.currency = t.currency
        ORDER BY q.valid_from DESC
        LIMIT 1
    ) p ON true
),
-- the newest row before the change: a night nearly always has it already
before AS (
    SELECT * FROM newest WHERE valid_from < first_day
    UNION ALL
    SELECT n.sell_to_id, n.end_buyer_id, n.product_id, n.currency, n.first_day, p.*
    FROM newest n
    CROSS JOIN LATERAL (
        SELECT
            q.ctid AS place, q.valid_from, q.valid_to, q.quantity, q.value, q.reporting_value, q.unrated_value,
            q.unbilled_value
        FROM metrics_backlogposition q
        WHERE q.tenant_id = %(tenant)s
            AND q.sell_to_id = n.sell_to_id
            AND q.product_id = n.product_id
            AND q.end_buyer_id = n.end_buyer_id
            AND q.currency = n.currency
            AND q.valid_from < n.first_day
        ORDER BY q.valid_from DESC
        LIMIT 1
    ) p
    WHERE n.valid_from >= n.first_day
),
-- what a key stood at before, as its first step: so the running sums need no join
base AS (
    SELECT
        sell_to_id, end_buyer_id, product_id, currency, place, valid_from AS day, true AS is_base,
        quantity, value, reporting_value, unrated_value, unbilled_value
    FROM before
    WHERE valid_to IS NULL OR valid_to >= first_day - 1
),
moves AS (
    SELECT
        sell_to_id, end_buyer_id, product_id, currency, NULL::tid AS place, f.day, false AS is_base,
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
        sell_to_id, end_buyer_id, product_id, currency, place, day, is_base,
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
    USING newest t
    WHERE t.valid_from >= t.first_day
        AND p.tenant_id = %(tenant)s
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
    WHERE s.is_base AND p.tenant_id = %(tenant)s AND p.ctid = s.place
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
