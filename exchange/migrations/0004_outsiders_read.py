from django.db import migrations

from tenancy.operations import LimitOutsiders


class Migration(migrations.Migration):
    dependencies = [("exchange", "0003_row_change")]

    operations = [
        LimitOutsiders("ImportBatch", may=("insert",)),
        LimitOutsiders("ImportRow", "ColumnMap"),
    ]
