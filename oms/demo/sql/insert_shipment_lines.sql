INSERT INTO fulfilment_shipmentline (tenant_id, shipment_id, order_line_id, schedule_id, quantity, value, reporting, lot)
SELECT %(tenant_id)s, i.shipment_id, l.line_id, l.schedule_id, l.last_quantity, l.last_value, l.last_reporting, ''
FROM demo_line l JOIN demo_invoice i ON i.order_id = l.id AND i.ship_date = l.ship_date
WHERE l.is_shipped
