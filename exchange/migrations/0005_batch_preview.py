from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0004_outsiders_read")]

    operations = [
        migrations.AddField(
            model_name="importbatch",
            name="preview",
            field=models.JSONField(default=dict, help_text="What its page tells, as it was found; empty: look it up"),
        ),
    ]
