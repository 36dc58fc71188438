from django.db import migrations

from tenancy.operations import LimitOutsiders


class Migration(migrations.Migration):
    dependencies = [("orders", "0008_blankets")]

    operations = [
        LimitOutsiders("Order", "OrderLine", "Schedule", "Invoice", "InvoiceLine"),
    ]
