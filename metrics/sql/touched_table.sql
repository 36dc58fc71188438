-- The keys whose flows a run changed, and the first day of the change.
CREATE TEMPORARY TABLE IF NOT EXISTS metrics_touched (
    sell_to_id bigint NOT NULL,
    end_buyer_id bigint NOT NULL,
    product_id bigint NOT NULL,
    currency varchar(3) NOT NULL,
    first_day date NOT NULL
) ON COMMIT DROP
