-- Ids of what a text may mean, kind by kind, the best first. Kinds that were not asked for are not searched.
SELECT 'order' AS kind, f.place, f.id FROM oms_find_orders(%(wanted)s::text, %(plain)s::text, %(most)s::integer) WITH ORDINALITY AS f (id, place)
WHERE 'order' = ANY (%(kinds)s::text[])
UNION ALL
SELECT 'party', f.place, f.id FROM oms_find_parties(%(wanted)s::text, %(plain)s::text, %(most)s::integer) WITH ORDINALITY AS f (id, place)
WHERE 'party' = ANY (%(kinds)s::text[])
UNION ALL
SELECT 'product', f.place, f.id FROM oms_find_products(%(wanted)s::text, %(plain)s::text, %(most)s::integer) WITH ORDINALITY AS f (id, place)
WHERE 'product' = ANY (%(kinds)s::text[])
UNION ALL
SELECT 'agreement', f.place, f.id FROM oms_find_agreements(%(wanted)s::text, %(plain)s::text, %(most)s::integer) WITH ORDINALITY AS f (id, place)
WHERE 'agreement' = ANY (%(kinds)s::text[])
UNION ALL
SELECT 'ship_request', f.place, f.id
FROM oms_find_ship_requests(%(wanted)s::text, %(plain)s::text, %(most)s::integer) WITH ORDINALITY AS f (id, place)
WHERE 'ship_request' = ANY (%(kinds)s::text[])
UNION ALL
SELECT 'shipment', f.place, f.id FROM oms_find_shipments(%(wanted)s::text, %(plain)s::text, %(most)s::integer) WITH ORDINALITY AS f (id, place)
WHERE 'shipment' = ANY (%(kinds)s::text[])
UNION ALL
SELECT 'invoice', f.place, f.id FROM oms_find_invoices(%(wanted)s::text, %(plain)s::text, %(most)s::integer) WITH ORDINALITY AS f (id, place)
WHERE 'invoice' = ANY (%(kinds)s::text[])
ORDER BY kind, place
