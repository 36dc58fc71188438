from django.db import migrations

from tenancy.operations import AppendOnly, LimitOutsiders, ProtectTables

# tenants made before these documents existed get their numbers too
NUMBERS = """
DO $$
DECLARE t bigint;
BEGIN
  FOR t IN SELECT id FROM tenancy_tenant LOOP
    EXECUTE format('CREATE SEQUENCE IF NOT EXISTS oms_numbers.%I START 100001', 'claim_' || t);
    INSERT INTO tenancy_counter (tenant_id, kind, next_number) VALUES (t, 'claim_credit', 1)
    ON CONFLICT DO NOTHING;
  END LOOP;
END $$
"""

OWN = (
    "PartnerTerms",
    "ReportedEndBuyer",
    "PosLine",
    "StockLedger",
    "ReportedStock",
    "Claim",
    "ClaimLine",
    "ClaimCredit",
)
HOUSE = ("CostLayer", "LayerConsumption", "LiabilityLedger")


class Migration(migrations.Migration):
    dependencies = [("channel_inventory", "0001_initial"), ("pricing", "0002_protect"), ("tenancy", "0002_protect")]

    operations = [
        ProtectTables(*OWN, *HOUSE, outsiders=dict.fromkeys(OWN, "partner_id = {party}")),
        LimitOutsiders(*OWN),
        AppendOnly("StockLedger", "LayerConsumption", "LiabilityLedger"),
        migrations.RunSQL(NUMBERS, migrations.RunSQL.noop),
    ]
