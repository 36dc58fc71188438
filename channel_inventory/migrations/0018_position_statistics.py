from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("channel_inventory", "0017_lists_of_few")]

    # without the right to, ANALYZE is a warning: the first positions of a tenant were each compared with all of them
    operations = [
        migrations.RunSQL(
            "GRANT MAINTAIN ON channel_inventory_stockposition TO oms_app",
            "REVOKE MAINTAIN ON channel_inventory_stockposition FROM oms_app",
        )
    ]
