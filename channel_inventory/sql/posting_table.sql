-- The lines of one posting, and how many units each of them is to have moved once it is done: positive left the
-- partner, negative came back, 0 for a line that was replaced. `root` is the sale to which returns and corrections belong.
CREATE TEMPORARY TABLE IF NOT EXISTS channel_posting (
    line_id bigint PRIMARY KEY,
    root_id bigint NOT NULL,
    partner_id bigint NOT NULL,
    product_id bigint NOT NULL,
    on_date date NOT NULL,
    line_key text COLLATE "C" NOT NULL,
    is_return boolean NOT NULL,
    target bigint NOT NULL
) ON COMMIT DROP
