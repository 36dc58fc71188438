-- Who the texts are that somebody or something has certified. Index reported_end_buyer_once.
SELECT text.partner_id, text.text_key, text.party_id
FROM unnest(%(partners)s::bigint[], %(texts)s::text[]) AS asked (partner_id, text_key)
JOIN channel_inventory_reportedendbuyer AS text
  ON text.tenant_id = %(tenant)s AND text.partner_id = asked.partner_id AND text.text_key = asked.text_key
WHERE text.state = 'certified'
