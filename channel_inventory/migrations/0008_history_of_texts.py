from django.db import migrations, models

from tenancy.operations import AuditedDecisions


class Migration(migrations.Migration):
    dependencies = [("channel_inventory", "0007_statistics"), ("tenancy", "0004_audit_parts")]

    operations = [
        migrations.AddIndex(
            model_name="reportedendbuyer",
            index=models.Index(
                condition=models.Q(("decided_by__isnull", False)),
                fields=["tenant", "decided_by", "-decided_at"],
                name="reported_end_buyer_decided",
            ),
        ),
        AuditedDecisions("ReportedEndBuyer"),
    ]
