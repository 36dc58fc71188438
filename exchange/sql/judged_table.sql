-- What was found of the rows of one file, on its way to them, or with them; gone at the end of the transaction.
CREATE TEMPORARY TABLE IF NOT EXISTS exchange_judged (
    id bigint, number integer, source jsonb, found jsonb, state varchar(9), change varchar(9), findings jsonb
) ON COMMIT DROP
