from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channel_inventory", "0003_certification")]

    operations = [
        migrations.AddIndex(
            model_name="posline",
            index=models.Index(fields=["tenant", "partner", "invoice_number"], name="pos_line_of_invoice"),
        ),
    ]
