from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("channel_inventory", "0015_transfer_layers")]

    # sales of an invoice are found by their key, which begins with it
    operations = [migrations.RemoveIndex("posline", "pos_line_of_invoice")]
