INSERT INTO fulfilment_shipment (
    id, tenant_id, number, order_id, ship_date, carrier_code, service, account_number, incoterm, tracking, delivered_date,
    status, invoice_id, confirmed_at
)
SELECT shipment_id, %(tenant_id)s, 'SH-' || 1000000 + number, order_id, ship_date, 'DHL', '', '', '',
       'JD' || 10000000 + number, ship_date + 3, 'confirmed', invoice_id, ship_date + time '17:00'
FROM demo_invoice
