from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0016_draft_entered")]

    operations = [
        migrations.AddIndex(
            model_name="orderledger",
            index=models.Index(
                condition=models.Q(("verb__in", ["cancelled", "commit_moved", "qty_decreased", "split"])),
                fields=["tenant", "schedule"],
                include=("verb", "event_date", "recorded_at", "from_date", "to_date", "days", "initiator", "open_qty"),
                name="ledger_of_schedule",
            ),
        ),
        migrations.AddIndex(
            model_name="schedule",
            index=models.Index(
                condition=models.Q(("date_basis", "dock")), fields=["tenant", "id"], name="schedule_docked"
            ),
        ),
    ]
