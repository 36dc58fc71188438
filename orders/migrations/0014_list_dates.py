from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0013_search_text")]

    operations = [
        migrations.RemoveIndex(
            model_name="order",
            name="order_by_next_request",
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=models.Q(("next_request_date__isnull", False)),
                fields=["tenant", "next_request_date", "id"],
                name="order_next_request",
            ),
        ),
    ]
