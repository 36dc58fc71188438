from django.db import migrations

from tenancy.operations import LimitOutsiders


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0004_audit_parts")]

    operations = [
        LimitOutsiders("Click", may=("insert", "update")),
    ]
