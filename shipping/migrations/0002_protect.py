from django.db import migrations

from tenancy.operations import Audited, ProtectTables


class Migration(migrations.Migration):
    dependencies = [("shipping", "0001_initial"), ("catalog", "0002_protect")]

    operations = [
        ProtectTables("Carrier", "FreightAccount", "ShippingTerms", "ShippingRule"),
        Audited("Carrier", "FreightAccount", "ShippingTerms", "ShippingRule"),
    ]
