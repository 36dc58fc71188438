-- Who buys through whom: every end buyer through one distributor, each third one through a second as well. The first
-- distributors have most of them, and none has nobody.
CREATE TEMPORARY TABLE demo_account ON COMMIT DROP AS
WITH bought AS (
    SELECT b.id, b.position,
           CASE WHEN b.position < %(sell_tos)s THEN b.position
                ELSE floor(power(b.dice / 2147483648e0, 3) * %(sell_tos)s)::bigint END AS seller
    FROM (
        SELECT id, position, hashint8extended(position, %(seed)s + 20) & 2147483647 AS dice FROM demo_end_buyer
    ) b
), through AS (
    SELECT id, position, seller FROM bought
    UNION
    SELECT id, position,
           (seller + 1 + (hashint8extended(position, %(seed)s + 21) & 2147483647) %% %(sell_tos)s) %% %(sell_tos)s
    FROM bought
    WHERE position %% 3 = 0
)
SELECT s.id AS sell_to_id, t.id AS end_buyer_id, t.position AS end_buyer,
       row_number() OVER (
           PARTITION BY s.id ORDER BY hashint8extended(t.position, %(seed)s + 22), t.position
       ) - 1 AS position,
       count(*) OVER (PARTITION BY s.id) AS accounts
FROM through t
JOIN demo_sell_to s ON s.position = t.seller
