from django.db import migrations

# the unique key of tenant and id, read backwards, gives the newest rows as well
TWICE = {"liabilityledger": "liability_newest", "posline": "pos_line_newest", "stockledger": "stock_newest"}


class Migration(migrations.Migration):
    dependencies = [("channel_inventory", "0012_liability_statistics")]

    operations = [migrations.RemoveIndex(model, index) for model, index in TWICE.items()]
