from django.db import migrations

from tenancy.operations import INSIDER, PARTY, AppendOnly, ProtectTables


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial"), ("pricing", "0002_protect")]

    operations = [
        ProtectTables(
            "Order",
            "OrderLine",
            "Schedule",
            "Hold",
            "OrderLedger",
            "Invoice",
            "InvoiceLine",
            outsiders={
                "Order": "sell_to_id = {party}",
                "OrderLine": "EXISTS (SELECT FROM orders_order o WHERE o.tenant_id = orders_orderline.tenant_id "
                "AND o.id = orders_orderline.order_id AND o.sell_to_id = {party})",
                "Schedule": "EXISTS (SELECT FROM orders_order o WHERE o.tenant_id = orders_schedule.tenant_id "
                "AND o.id = orders_schedule.order_id AND o.sell_to_id = {party})",
                "Invoice": "sell_to_id = {party}",
                "InvoiceLine": "EXISTS (SELECT FROM orders_invoice i WHERE i.tenant_id = orders_invoiceline.tenant_id "
                "AND i.id = orders_invoiceline.invoice_id AND i.sell_to_id = {party})",
            },
        ),
        AppendOnly("OrderLedger", "InvoiceLine"),
        # a partner also reads the parties, places and products that its own order lines name
        *[
            migrations.RunSQL(
                f"ALTER POLICY outsider_only ON {table} USING ({INSIDER} OR {own} OR EXISTS (SELECT FROM orders_orderline l "
                f"JOIN orders_order o ON o.tenant_id = l.tenant_id AND o.id = l.order_id "
                f"WHERE l.tenant_id = {table}.tenant_id AND l.{column} = {table}.id AND o.sell_to_id = {PARTY}))",
                f"ALTER POLICY outsider_only ON {table} USING ({INSIDER} OR {own})",
            )
            for table, column, own in (
                ("parties_party", "end_buyer_id", f"id = {PARTY}"),
                ("parties_location", "ship_to_id", f"party_id = {PARTY}"),
                ("catalog_product", "product_id", "false"),
            )
        ],
    ]
