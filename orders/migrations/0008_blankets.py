import django.db.models.deletion
from django.db import migrations, models

import tenancy.fields
from tenancy.operations import AddTenantKeys


class Migration(migrations.Migration):
    dependencies = [("orders", "0007_shipped_index")]

    operations = [
        migrations.AddField(
            model_name="order",
            name="valid_to",
            field=models.DateField(
                blank=True, help_text="Blanket: the last day of its releases; empty: open", null=True
            ),
        ),
        migrations.AddField(
            model_name="orderline",
            name="blanket_line",
            field=tenancy.fields.TenantKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                help_text="The line of the blanket this one releases from",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="orders.orderline",
            ),
        ),
        migrations.AddField(
            model_name="orderline",
            name="blanket_qty",
            field=models.BigIntegerField(db_default=0, default=0, help_text="Taken from the blanket line"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=models.Q(("blanket__isnull", False)), fields=["tenant", "blanket"], name="order_of_blanket"
            ),
        ),
        migrations.AddIndex(
            model_name="orderline",
            index=models.Index(
                condition=models.Q(("blanket_line__isnull", False)),
                fields=["tenant", "blanket_line"],
                name="line_of_blanket",
            ),
        ),
        AddTenantKeys("OrderLine", "blanket_line"),
    ]
