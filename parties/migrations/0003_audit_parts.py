from django.db import migrations

from tenancy.operations import AuditedPart


class Migration(migrations.Migration):
    dependencies = [("parties", "0002_protect"), ("tenancy", "0004_audit_parts")]

    operations = [
        AuditedPart("PartyRoleFact", of="party"),
        AuditedPart("Location", of="party"),
        AuditedPart("Contact", of="party"),
        AuditedPart("PartyAlias", of="party"),
    ]
