-- What is to be taken from layers, first in, first out: by a line of a report, or by goods that come back to us, which
-- are taken from the layer of their invoice line first.
CREATE TEMPORARY TABLE IF NOT EXISTS channel_demand (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    line_id bigint,
    stock_row_id bigint,
    partner_id bigint NOT NULL,
    product_id bigint NOT NULL,
    on_date date NOT NULL,
    line_key text COLLATE "C" NOT NULL,
    quantity bigint NOT NULL,
    layer_id bigint
) ON COMMIT DROP
