from django.db import migrations

from tenancy.operations import LimitOutsiders


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_protect")]

    operations = [
        LimitOutsiders("JobRequest", may=("insert", "update")),
        LimitOutsiders("GeneratedFile", may=("insert",)),
    ]
