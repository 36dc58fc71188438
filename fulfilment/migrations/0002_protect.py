from django.db import migrations

from tenancy.operations import ProtectTables


class Migration(migrations.Migration):
    dependencies = [("fulfilment", "0001_initial"), ("orders", "0002_protect")]

    operations = [
        ProtectTables(
            "ShipRequest",
            "ShipRequestLine",
            "Shipment",
            "ShipmentLine",
            "ShipmentException",
            outsiders={
                "ShipRequest": "site_party_id = {party}",
                "ShipRequestLine": "EXISTS (SELECT FROM fulfilment_shiprequest r "
                "WHERE r.tenant_id = fulfilment_shiprequestline.tenant_id "
                "AND r.id = fulfilment_shiprequestline.ship_request_id AND r.site_party_id = {party})",
                "Shipment": "site_party_id = {party}",
                "ShipmentLine": "EXISTS (SELECT FROM fulfilment_shipment s "
                "WHERE s.tenant_id = fulfilment_shipmentline.tenant_id "
                "AND s.id = fulfilment_shipmentline.shipment_id AND s.site_party_id = {party})",
            },
        ),
    ]
