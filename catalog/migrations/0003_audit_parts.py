from django.db import migrations

from tenancy.operations import AuditedPart


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_protect"), ("tenancy", "0004_audit_parts")]

    operations = [
        AuditedPart("PartNumber", of="product"),
        AuditedPart("UnitFactor", of="product"),
    ]
