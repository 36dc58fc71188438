from django.db import migrations

TABLES = ("posline", "stockledger", "layerconsumption", "claimline", "liabilityledger")


def on(table: str) -> migrations.RunSQL:
    """The program may ANALYZE what it has just written in bulk."""
    name = f"channel_inventory_{table}"
    return migrations.RunSQL(f"GRANT MAINTAIN ON {name} TO oms_app", f"REVOKE MAINTAIN ON {name} FROM oms_app")


class Migration(migrations.Migration):
    dependencies = [("channel_inventory", "0006_claim_keys")]

    operations = [on(table) for table in TABLES]
