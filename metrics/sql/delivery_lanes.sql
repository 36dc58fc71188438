-- Transit of a lane (a site and a country of arrival): the median of the days between leaving and arriving of what was
-- delivered there in the year up to `as_of`. Only docked schedules are converted by it.
SELECT
    n.ship_from_id AS site_id, w.country,
    percentile_disc(0.5) WITHIN GROUP (ORDER BY h.delivered_date - h.ship_date)::integer AS days
FROM fulfilment_shipment h
JOIN fulfilment_shipmentline sl ON sl.tenant_id = h.tenant_id AND sl.shipment_id = h.id
JOIN orders_orderline n ON n.tenant_id = h.tenant_id AND n.id = sl.order_line_id
JOIN parties_location w ON w.tenant_id = h.tenant_id AND w.id = n.ship_to_id
WHERE h.tenant_id = %(tenant)s
    AND h.status <> 'undone'
    AND h.ship_date BETWEEN %(since)s AND %(as_of)s
    AND h.delivered_date <= %(as_of)s
    AND n.ship_from_id IS NOT NULL
    AND EXISTS (SELECT 1 FROM orders_schedule s WHERE s.tenant_id = %(tenant)s AND s.date_basis = 'dock')
GROUP BY 1, 2
