"""Notes and attachments of orders. Outsiders read what is shared of their own orders, and write nothing."""

import django.db.models.deletion
from django.db import migrations, models

import tenancy.fields
import tenancy.scope
from tenancy.operations import AppendOnly, LimitOutsiders, ProtectTables


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0002_protect"),
        ("orders", "0011_draft"),
        ("tenancy", "0004_audit_parts"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrderAttachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("content_type", models.CharField(help_text="As found in the content, not as claimed", max_length=100)),
                ("size", models.BigIntegerField()),
                ("about", models.CharField(blank=True, max_length=200)),
                (
                    "is_shared",
                    models.BooleanField(default=False, help_text="The sell-to's members may download it too"),
                ),
                ("added_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                ("remove_reason", models.CharField(blank=True, max_length=300)),
                (
                    "added_by",
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
                    "file",
                    tenancy.fields.TenantKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jobs.generatedfile",
                    ),
                ),
                (
                    "order",
                    tenancy.fields.TenantKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="orders.order",
                    ),
                ),
                (
                    "removed_by",
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
                "indexes": [models.Index(fields=["tenant", "order", "id"], name="attachment_of_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("removed_at__isnull", True),
                            models.Q(("remove_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="attachment_removed_with_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=2000)),
                ("is_shared", models.BooleanField(default=False, help_text="The sell-to's members see it too")),
                ("written_at", models.DateTimeField()),
                (
                    "corrects",
                    tenancy.fields.TenantKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.ordernote",
                    ),
                ),
                (
                    "line",
                    tenancy.fields.TenantKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="orders.orderline",
                    ),
                ),
                (
                    "order",
                    tenancy.fields.TenantKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
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
                (
                    "written_by",
                    tenancy.fields.TenantKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.member",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "order", "id"], name="note_of_order")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("corrects__isnull", False)),
                        fields=("tenant", "corrects"),
                        name="note_corrected_once",
                    )
                ],
            },
        ),
        ProtectTables(
            "OrderNote",
            "OrderAttachment",
            outsiders={
                "OrderNote": "is_shared AND oms_is_own_order(order_id)",
                "OrderAttachment": "is_shared AND removed_at IS NULL AND oms_is_own_order(order_id)",
            },
        ),
        AppendOnly("OrderNote"),
        migrations.RunSQL(
            "REVOKE DELETE ON orders_orderattachment FROM oms_app",
            "GRANT DELETE ON orders_orderattachment TO oms_app",
        ),
        LimitOutsiders("OrderNote", "OrderAttachment"),
    ]
