from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("channel_inventory", "0005_stock")]

    operations = [
        migrations.AddIndex(
            model_name="claimline",
            index=models.Index(
                fields=["tenant", "reverses"], name="claim_line_reversed", condition=Q(reverses__isnull=False)
            ),
        ),
        migrations.AddIndex(
            model_name="claimline",
            index=models.Index(
                fields=["tenant", "partner", "currency"],
                name="claim_line_to_credit",
                condition=Q(state="approved", credit__isnull=True),
            ),
        ),
    ]
