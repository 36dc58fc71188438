from django.db import migrations

from tenancy.operations import LimitOutsiders


class Migration(migrations.Migration):
    dependencies = [("fulfilment", "0003_shipment_reporting")]

    operations = [
        LimitOutsiders("ShipRequest", "ShipRequestLine", "Shipment", "ShipmentLine"),
    ]
