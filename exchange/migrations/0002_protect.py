from django.db import migrations

from tenancy.operations import Audited, ProtectTables


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial"), ("jobs", "0002_protect")]

    operations = [
        ProtectTables(
            "ImportBatch",
            "ImportRow",
            "ColumnMap",
            "TradingPartner",
            "Interchange",
            outsiders={
                "ImportBatch": "party_id = {party}",
                "ImportRow": "EXISTS (SELECT FROM exchange_importbatch b WHERE b.tenant_id = exchange_importrow.tenant_id "
                "AND b.id = exchange_importrow.batch_id AND b.party_id = {party})",
                "ColumnMap": "party_id = {party}",
            },
        ),
        Audited("ColumnMap", "TradingPartner"),
    ]
