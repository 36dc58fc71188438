from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channel_inventory", "0002_protect")]

    operations = [
        migrations.AddIndex(
            model_name="posline",
            index=models.Index(
                condition=models.Q(("end_buyer__isnull", True), ("state", "current")),
                fields=["tenant", "reported_end_buyer"],
                name="pos_line_uncertified",
            ),
        ),
    ]
