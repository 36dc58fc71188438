from django.db import migrations, models
from django.db.models.deletion import PROTECT

from tenancy.scope import current_tenant_id


class Migration(migrations.Migration):
    dependencies = [("exchange", "0005_batch_preview"), ("tenancy", "0007_click_body")]

    operations = [
        migrations.AlterField(
            "importrow",
            "tenant",
            models.ForeignKey(
                "tenancy.Tenant",
                on_delete=PROTECT,
                related_name="+",
                db_index=False,
                db_constraint=False,
                default=current_tenant_id,
                editable=False,
            ),
        ),
    ]
