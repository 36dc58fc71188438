from django.db import migrations

from tenancy.operations import ProtectTables


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial"), ("tenancy", "0002_protect")]

    operations = [
        ProtectTables(
            "JobRequest",
            "GeneratedFile",
            outsiders={"JobRequest": "party_id = {party}", "GeneratedFile": "party_id = {party}"},
        ),
    ]
