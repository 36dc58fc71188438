-- How each partner writes each of its end buyers: one text, which the name tells; of forty one is written so that a
-- person has to say who it is.
CREATE TEMPORARY TABLE demo_text ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('channel_inventory_reportedendbuyer', 'id')) AS text_id, told.*,
       CASE WHEN is_known THEN name ELSE name || ' Intl.' END AS written,
       CASE WHEN is_known THEN normalised_name ELSE normalised_name || ' intl' END AS normalised
FROM (
    SELECT l.partner_id, l.end_buyer_id, b.name, b.normalised_name, min(l.reported_on) AS first_on,
           (hashint8extended(l.partner_id * 100003 + l.end_buyer_id, %(seed)s + 32) & 2147483647) %% 40 > 0 AS is_known
    FROM demo_layer l
    JOIN parties_party b ON b.tenant_id = %(tenant_id)s AND b.id = l.end_buyer_id
    WHERE l.is_sold
    GROUP BY l.partner_id, l.end_buyer_id, b.name, b.normalised_name
    ORDER BY min(l.reported_on), l.partner_id, l.end_buyer_id
) AS told
