from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("metrics", "0010_delivery")]

    operations = [
        migrations.AddField(
            model_name="reportsubscription",
            name="report",
            field=models.CharField(
                choices=[
                    ("bookings_billings_backlog", "Bookings, billings and backlog"),
                    ("delivery_performance", "Delivery scorecard"),
                ],
                default="bookings_billings_backlog",
                max_length=30,
            ),
        ),
    ]
