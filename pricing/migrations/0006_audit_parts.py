from django.db import migrations

from tenancy.operations import AuditedPart

LINE = "pricing_agreementline"


def triggers(argument: str) -> list[str]:
    """A line is audited when it comes and goes: reservations change it at every booking."""
    return [
        f"DROP TRIGGER audit_insert ON {LINE}",
        f"DROP TRIGGER audit_delete ON {LINE}",
        f"CREATE TRIGGER audit_insert AFTER INSERT ON {LINE} REFERENCING NEW TABLE AS new_rows "
        f"FOR EACH STATEMENT EXECUTE FUNCTION oms_audit({argument})",
        f"CREATE TRIGGER audit_delete AFTER DELETE ON {LINE} REFERENCING OLD TABLE AS old_rows "
        f"FOR EACH STATEMENT EXECUTE FUNCTION oms_audit({argument})",
    ]


class Migration(migrations.Migration):
    dependencies = [("pricing", "0005_lookup_only_by_btree"), ("tenancy", "0004_audit_parts")]

    operations = [
        migrations.RunSQL(triggers("'agreement_id'"), triggers("")),
        AuditedPart("PriceListItem", of="price_list"),
        AuditedPart("PriceListAssignment", of="price_list"),
    ]
