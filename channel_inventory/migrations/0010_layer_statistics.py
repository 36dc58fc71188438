from django.db import migrations

# nothing is joined or found by them, and looking at them takes longer than at all else
UNREAD = {"channel_inventory_claimline": ("receipt", "findings"), "channel_inventory_posline": ("warnings", "content")}


def unread(table: str, column: str) -> migrations.RunSQL:
    column_of = f"ALTER TABLE {table} ALTER COLUMN {column}"
    return migrations.RunSQL(f"{column_of} SET STATISTICS 0", f"{column_of} SET STATISTICS -1")


class Migration(migrations.Migration):
    dependencies = [("channel_inventory", "0009_history_of_terms")]

    operations = [
        migrations.RunSQL(
            "GRANT MAINTAIN ON channel_inventory_costlayer TO oms_app",
            "REVOKE MAINTAIN ON channel_inventory_costlayer FROM oms_app",
        ),
        *(unread(table, column) for table, columns in UNREAD.items() for column in columns),
    ]
