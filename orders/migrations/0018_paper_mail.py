"""Papers of orders mailed to customers. The rows are the log of it: they are never deleted, and outsiders see none."""

import django.db.models.deletion
from django.db import migrations, models

import tenancy.fields
import tenancy.scope
from tenancy.operations import ProtectTables


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0003_outsiders_read"),
        ("orders", "0017_ledger_of_schedule"),
        ("tenancy", "0007_click_body"),
    ]

    operations = [
        migrations.CreateModel(
            name="PaperMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "address",
                    models.EmailField(
                        help_text="Where it went, whatever the recipient's address is now", max_length=254
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Being made"),
                            ("ready", "Being sent"),
                            ("sent", "Sent"),
                            ("retrying", "Will be tried again"),
                            ("failed", "Not sent"),
                            ("dropped", "Dropped"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=400)),
                ("created_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "recipient",
                    models.CharField(
                        blank=True, help_text="The contact's name; empty for an address typed", max_length=120
                    ),
                ),
                ("message", models.CharField(blank=True, help_text="What stands above our own words", max_length=1000)),
                (
                    "acknowledgement",
                    tenancy.fields.TenantKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.acknowledgement",
                    ),
                ),
                (
                    "asked_by",
                    tenancy.fields.TenantKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.member",
                    ),
                ),
                (
                    "invoice",
                    tenancy.fields.TenantKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.invoice",
                    ),
                ),
                (
                    "job",
                    tenancy.fields.TenantKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jobs.jobrequest",
                    ),
                ),
                (
                    "order",
                    tenancy.fields.TenantKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mails",
                        to="orders.order",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
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
                "indexes": [models.Index(fields=["tenant", "order", "id"], name="mail_of_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("acknowledgement__isnull", True), ("invoice__isnull", False)),
                            models.Q(("acknowledgement__isnull", False), ("invoice__isnull", True)),
                            _connector="OR",
                        ),
                        name="mail_of_one_paper",
                    )
                ],
            },
        ),
        ProtectTables("PaperMail"),
        migrations.RunSQL(
            "REVOKE DELETE ON orders_papermail FROM oms_app",
            "GRANT DELETE ON orders_papermail TO oms_app",
        ),
    ]
