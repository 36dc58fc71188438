-- Where the rows of one file wait for a moment; gone at the end of the transaction.
CREATE TEMPORARY TABLE IF NOT EXISTS exchange_staged (number integer, source jsonb, findings jsonb) ON COMMIT DROP
