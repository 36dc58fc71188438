from django.db import migrations, models
from django.db.models.deletion import PROTECT

from tenancy.scope import current_tenant_id

BULK = ("claimline", "layerconsumption", "liabilityledger", "posline", "stockledger")


def key_without_constraint() -> models.ForeignKey:
    return models.ForeignKey(
        "tenancy.Tenant",
        on_delete=PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
        default=current_tenant_id,
        editable=False,
    )


class Migration(migrations.Migration):
    dependencies = [("channel_inventory", "0010_layer_statistics"), ("tenancy", "0007_click_body")]

    operations = [migrations.AlterField(model, "tenant", key_without_constraint()) for model in BULK]
