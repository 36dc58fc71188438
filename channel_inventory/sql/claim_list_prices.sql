-- The list price on the resale date, for sales of partners who claim from it.
UPDATE channel_claim_fact f
SET list_price = v.price
FROM unnest(%(sales)s::bigint[], %(prices)s::numeric[]) AS v (sale_id, price)
WHERE f.sale_id = v.sale_id
