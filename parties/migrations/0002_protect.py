from django.db import migrations

from tenancy.operations import Audited, ProtectTables


class Migration(migrations.Migration):
    dependencies = [("parties", "0001_initial"), ("exchange", "0002_protect")]

    operations = [
        ProtectTables(
            "Party",
            "PartyRoleFact",
            "Location",
            "Contact",
            "PartyAlias",
            outsiders={
                "Party": "id = {party}",
                "Location": "party_id = {party}",
                "Contact": "party_id = {party}",
            },
        ),
        Audited("Party", "PartyRoleFact", "Location", "Contact", "PartyAlias"),
        # tables on lower floors name a party by plain id; the key is just as strict, only declared from here
        *[
            migrations.RunSQL(
                f"ALTER TABLE {table} ADD CONSTRAINT {table}_party_id_tenant_fk "
                "FOREIGN KEY (tenant_id, party_id) REFERENCES parties_party (tenant_id, id)",
                f"ALTER TABLE {table} DROP CONSTRAINT {table}_party_id_tenant_fk",
            )
            for table in (
                "tenancy_member",
                "tenancy_invitation",
                "jobs_jobrequest",
                "jobs_generatedfile",
                "exchange_importbatch",
                "exchange_columnmap",
                "exchange_tradingpartner",
            )
        ],
    ]
