import django.db.models.deletion
from django.db import migrations, models

import tenancy.scope
from tenancy.operations import ProtectTables


class Migration(migrations.Migration):
    """The two derived tables again, empty, with their keys as primary keys; the next nightly run fills them."""

    dependencies = [("metrics", "0003_sparse_snapshots")]

    operations = [
        migrations.DeleteModel(name="DailyFlow"),
        migrations.DeleteModel(name="BacklogPosition"),
        migrations.CreateModel(
            name="DailyFlow",
            fields=[
                ("sell_to_id", models.BigIntegerField()),
                ("end_buyer_id", models.BigIntegerField(help_text="0: none named")),
                ("product_id", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "tenant_id",
                        "day",
                        "sell_to_id",
                        "end_buyer_id",
                        "product_id",
                        "currency",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BacklogPosition",
            fields=[
                ("sell_to_id", models.BigIntegerField()),
                ("end_buyer_id", models.BigIntegerField(help_text="0: none named")),
                ("product_id", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "tenant_id",
                        "sell_to_id",
                        "product_id",
                        "end_buyer_id",
                        "currency",
                        "valid_from",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
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
            },
        ),
        ProtectTables("DailyFlow", "BacklogPosition"),
    ]
