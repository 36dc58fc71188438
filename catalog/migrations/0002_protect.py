from django.db import migrations

from tenancy.operations import Audited, ProtectTables


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial"), ("parties", "0002_protect")]

    operations = [
        ProtectTables("ProductFamily", "Product", "PartNumber", "UnitFactor"),
        Audited("ProductFamily", "Product", "PartNumber", "UnitFactor"),
    ]
