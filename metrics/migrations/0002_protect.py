from django.db import migrations

from tenancy.operations import ProtectTables


class Migration(migrations.Migration):
    dependencies = [("metrics", "0001_initial"), ("fulfilment", "0002_protect")]

    operations = [
        ProtectTables("DailyFlow", "BacklogPosition", "SnapshotRun"),
    ]
