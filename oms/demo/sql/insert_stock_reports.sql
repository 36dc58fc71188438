INSERT INTO exchange_importbatch (
    id, tenant_id, kind, file_id, file_name, sha256, party_id, state, row_count, accepted_count, rejected_count,
    unchanged_count, warning_count, message, mapping, preview, uploaded_at, accepted_at
)
SELECT batch_id, %(tenant_id)s, 'stock', %(file)s, 'stock-' || %(today)s::date - 1 || '.csv', %(sha256)s, partner_id,
       'accepted', lines, lines, 0, 0, 0, 'Loaded history', %(mapping)s::jsonb, '{}', %(today)s::date + time '08:00',
       %(today)s::date + time '08:05'
FROM demo_stock_report
WHERE location_id IS NOT NULL
