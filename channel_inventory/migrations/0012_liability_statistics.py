from django.db import migrations

# partners, end buyers, products and agreements come together, and not in every combination: without this the planner
# takes the report's sums for as many as the ledger has rows, and leaves one process alone with them
KEYS = """
CREATE STATISTICS liability_keys (ndistinct)
ON partner_id, end_buyer_id, product_id, agreement_id, kind, currency FROM channel_inventory_liabilityledger
"""


class Migration(migrations.Migration):
    dependencies = [("channel_inventory", "0011_one_key_to_the_tenant")]

    operations = [migrations.RunSQL(KEYS, "DROP STATISTICS liability_keys")]
