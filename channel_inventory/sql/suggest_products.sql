-- Parts whose number is the text once blanks, dashes and zeros at its start are left out: what spreadsheets lose.
-- Reads all parts of the tenant once, however many texts are asked for.
SELECT given.text, array_agg(DISTINCT product.sku ORDER BY product.sku) AS skus
FROM unnest(%(texts)s::text[]) AS given (text)
JOIN LATERAL (
    SELECT ltrim(regexp_replace(upper(given.text), '[^A-Z0-9]', '', 'g'), '0') AS bare
) AS asked ON asked.bare <> ''
JOIN (
    SELECT sku, ltrim(regexp_replace(upper(sku), '[^A-Z0-9]', '', 'g'), '0') AS bare
    FROM catalog_product
    WHERE tenant_id = %(tenant_id)s
    UNION
    SELECT product.sku, ltrim(regexp_replace(upper(part.number), '[^A-Z0-9]', '', 'g'), '0')
    FROM catalog_partnumber AS part
    JOIN catalog_product AS product ON product.tenant_id = part.tenant_id AND product.id = part.product_id
    WHERE part.tenant_id = %(tenant_id)s AND part.party_id = ANY(%(party_ids)s::bigint[])
) AS product ON product.bare = asked.bare
GROUP BY given.text
