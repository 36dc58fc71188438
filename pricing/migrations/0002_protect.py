from django.db import migrations

from tenancy.operations import Audited, ProtectTables


class Migration(migrations.Migration):
    dependencies = [("pricing", "0001_initial"), ("shipping", "0002_protect")]

    operations = [
        ProtectTables("FxRate", "PriceList", "PriceListItem", "PriceListAssignment", "Agreement", "AgreementLine"),
        Audited("FxRate", "PriceList", "PriceListItem", "PriceListAssignment", "Agreement"),
        # reservations change a line at every booking and are told by the order ledger: only its terms are audited
        migrations.RunSQL(
            [
                "CREATE TRIGGER audit_insert AFTER INSERT ON pricing_agreementline REFERENCING NEW TABLE AS new_rows "
                "FOR EACH STATEMENT EXECUTE FUNCTION oms_audit()",
                "CREATE TRIGGER audit_delete AFTER DELETE ON pricing_agreementline REFERENCING OLD TABLE AS old_rows "
                "FOR EACH STATEMENT EXECUTE FUNCTION oms_audit()",
            ],
            [
                "DROP TRIGGER audit_insert ON pricing_agreementline",
                "DROP TRIGGER audit_delete ON pricing_agreementline",
            ],
        ),
    ]
