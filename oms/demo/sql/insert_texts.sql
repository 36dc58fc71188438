-- The key is that of texts.py: code, name, address, city, postcode and country, of which only the name was reported.
INSERT INTO channel_inventory_reportedendbuyer (
    id, tenant_id, partner_id, text_key, code, name, address, city, postcode, country, normalised_name,
    normalised_address, first_seen_at, state, party_id, method, decided_at
)
SELECT text_id, %(tenant_id)s, partner_id, md5('|' || normalised || '||||'), '', written, '', '', '', '', normalised, '',
       first_on + time '17:05', CASE WHEN is_known THEN 'certified' ELSE 'open' END,
       CASE WHEN is_known THEN end_buyer_id END, CASE WHEN is_known THEN 'name' ELSE '' END,
       CASE WHEN is_known THEN first_on + time '17:05' END
FROM demo_text
