from django.db import migrations

TABLES = ("metrics_dailyflow", "metrics_backlogposition")


def on(table: str) -> list[migrations.RunSQL]:
    """The program may ANALYZE what it has just written in bulk; and the server does so after a few nights."""
    return [
        migrations.RunSQL(f"GRANT MAINTAIN ON {table} TO oms_app", f"REVOKE MAINTAIN ON {table} FROM oms_app"),
        migrations.RunSQL(
            f"ALTER TABLE {table} SET (autovacuum_analyze_scale_factor = 0.01)",
            f"ALTER TABLE {table} RESET (autovacuum_analyze_scale_factor)",
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("metrics", "0007_report_mail")]

    operations = [operation for table in TABLES for operation in on(table)]
