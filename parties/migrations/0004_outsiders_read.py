from django.db import migrations

from tenancy.operations import LimitOutsiders


class Migration(migrations.Migration):
    dependencies = [("parties", "0003_audit_parts")]

    operations = [
        LimitOutsiders("Party", "Location", "Contact"),
    ]
