from django.db import migrations

from tenancy.operations import ProtectTables

MEMBER = "(SELECT NULLIF(current_setting('oms.member_id', true), '')::bigint)"


class Migration(migrations.Migration):
    dependencies = [("ui", "0001_initial"), ("tenancy", "0002_protect")]

    operations = [ProtectTables("SavedView", outsiders={"SavedView": f"member_id = {MEMBER}"})]
