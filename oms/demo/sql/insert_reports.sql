-- All of them have the one file that says that they are loaded history.
INSERT INTO exchange_importbatch (
    id, tenant_id, kind, file_id, file_name, sha256, party_id, state, row_count, accepted_count, rejected_count,
    unchanged_count, warning_count, message, mapping, preview, uploaded_at, accepted_at
)
SELECT batch_id, %(tenant_id)s, 'pos', %(file)s, 'sales-' || to_char(reported_on - 10, 'YYYY-MM') || '.csv', %(sha256)s,
       partner_id, 'accepted', lines, lines, 0, 0, 0, 'Loaded history', %(mapping)s::jsonb, '{}',
       reported_on + time '17:00', reported_on + time '17:05'
FROM demo_report
