-- Sales whose list price decides: their partner claims from it, and an agreement is near.
SELECT f.sale_id, f.partner_id, f.product_id, f.quantity, f.best_currency, f.invoice_date
FROM channel_claim_fact f
WHERE f.price_basis = 'book_on_resale' AND f.best_currency IS NOT NULL
ORDER BY f.sale_id
