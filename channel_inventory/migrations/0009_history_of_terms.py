from django.db import migrations

from tenancy.operations import Audited


class Migration(migrations.Migration):
    dependencies = [("channel_inventory", "0008_history_of_texts"), ("tenancy", "0004_audit_parts")]

    operations = [Audited("PartnerTerms")]
