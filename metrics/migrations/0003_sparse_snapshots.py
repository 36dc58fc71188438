import django.db.models.deletion
from django.db import migrations, models

import tenancy.scope
from tenancy.operations import ProtectTables

# sum(bigint) answers numeric, and keeps a state outside the row for every group; this one stays a bigint throughout,
# overflows loudly, and may run in parallel
OMS_SUM = """
CREATE AGGREGATE oms_sum(bigint) (SFUNC = int8pl, STYPE = bigint, COMBINEFUNC = int8pl, PARALLEL = SAFE)
"""


class Migration(migrations.Migration):
    dependencies = [("metrics", "0002_protect"), ("orders", "0002_protect")]

    operations = [
        migrations.RunSQL(OMS_SUM, "DROP AGGREGATE oms_sum(bigint)"),
        migrations.DeleteModel(name="DailyFlow"),
        migrations.DeleteModel(name="BacklogPosition"),
        migrations.AddField(
            model_name="snapshotrun",
            name="kind",
            field=models.CharField(
                choices=[("nightly", "Nightly"), ("rebuild", "Rebuild")], default="nightly", max_length=7
            ),
        ),
        migrations.CreateModel(
            name="BacklogPosition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sell_to_id", models.BigIntegerField()),
                ("end_buyer_id", models.BigIntegerField(help_text="0: none named")),
                ("product_id", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("quantity", models.BigIntegerField()),
                ("value", models.BigIntegerField()),
                ("reporting_value", models.BigIntegerField(help_text="In the tenant's currency at booking rates")),
                (
                    "unrated_value",
                    models.BigIntegerField(
                        help_text="The part of value that has no rate and is not in reporting_value"
                    ),
                ),
                ("unbilled_value", models.BigIntegerField(help_text="Shipped and not invoiced; no part of backlog")),
                (
                    "tenant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=tenancy.scope.current_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "valid_to"], name="position_by_end")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "sell_to_id", "product_id", "end_buyer_id", "currency", "valid_from"),
                        name="position_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DailyFlow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sell_to_id", models.BigIntegerField()),
                ("end_buyer_id", models.BigIntegerField(help_text="0: none named")),
                ("product_id", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("day", models.DateField()),
                ("booked_qty", models.BigIntegerField(null=True)),
                ("booked_value", models.BigIntegerField(null=True)),
                ("booked_reporting", models.BigIntegerField(null=True)),
                ("increase_qty", models.BigIntegerField(null=True)),
                ("increase_value", models.BigIntegerField(null=True)),
                ("increase_reporting", models.BigIntegerField(null=True)),
                ("decrease_qty", models.BigIntegerField(null=True)),
                ("decrease_value", models.BigIntegerField(null=True)),
                ("decrease_reporting", models.BigIntegerField(null=True)),
                ("cancel_qty", models.BigIntegerField(null=True)),
                ("cancel_value", models.BigIntegerField(null=True)),
                ("cancel_reporting", models.BigIntegerField(null=True)),
                ("price_value", models.BigIntegerField(null=True)),
                ("price_reporting", models.BigIntegerField(null=True)),
                ("transfer_qty", models.BigIntegerField(null=True)),
                ("transfer_value", models.BigIntegerField(null=True)),
                ("transfer_reporting", models.BigIntegerField(null=True)),
                ("shipped_qty", models.BigIntegerField(null=True)),
                ("shipped_value", models.BigIntegerField(null=True)),
                ("shipped_reporting", models.BigIntegerField(null=True)),
                ("unshipped_qty", models.BigIntegerField(null=True)),
                ("unshipped_value", models.BigIntegerField(null=True)),
                ("unshipped_reporting", models.BigIntegerField(null=True)),
                ("invoiced_qty", models.BigIntegerField(null=True)),
                ("invoiced_value", models.BigIntegerField(null=True)),
                ("invoiced_reporting", models.BigIntegerField(null=True)),
                ("credited_qty", models.BigIntegerField(null=True)),
                ("credited_value", models.BigIntegerField(null=True)),
                ("credited_reporting", models.BigIntegerField(null=True)),
                ("backlog_qty", models.BigIntegerField(null=True)),
                ("backlog_value", models.BigIntegerField(null=True)),
                ("backlog_reporting", models.BigIntegerField(null=True)),
                (
                    "unrated_value",
                    models.BigIntegerField(
                        help_text="The part of the change in backlog for which no rate was known, in minor units of currency",
                        null=True,
                    ),
                ),
                ("unrated_rows", models.IntegerField(help_text="Ledger rows with a value but without a rate")),
                ("row_count", models.IntegerField(help_text="Ledger rows behind this one")),
                (
                    "tenant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=tenancy.scope.current_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "day", "sell_to_id", "end_buyer_id", "product_id", "currency"),
                        name="daily_flow_once",
                    )
                ],
            },
        ),
        ProtectTables("DailyFlow", "BacklogPosition"),
    ]
