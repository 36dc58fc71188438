"""Papers that floors above print, such as ship requests, are mailed by the same log."""

import django.db.models.deletion
from django.db import migrations, models

import tenancy.fields
from tenancy.operations import AddTenantKeys


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0003_outsiders_read"),
        ("orders", "0018_paper_mail"),
    ]

    operations = [
        migrations.AddField(
            model_name="papermail",
            name="about",
            field=models.CharField(
                blank=True, default="", help_text="What the mail says of that paper", max_length=300
            ),
        ),
        migrations.AddField(
            model_name="papermail",
            name="file",
            field=tenancy.fields.TenantKey(
                db_constraint=False,
                db_index=False,
                help_text="That paper, printed",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="jobs.generatedfile",
            ),
        ),
        migrations.AddField(
            model_name="papermail",
            name="paper",
            field=models.CharField(
                blank=True, default="", help_text="What a paper of a floor above is called", max_length=80
            ),
        ),
        migrations.RemoveConstraint(model_name="papermail", name="mail_of_one_paper"),
        migrations.AddConstraint(
            model_name="papermail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("acknowledgement__isnull", True), ("invoice__isnull", False), ("paper", "")),
                    models.Q(("acknowledgement__isnull", False), ("invoice__isnull", True), ("paper", "")),
                    models.Q(
                        ("acknowledgement__isnull", True),
                        ("invoice__isnull", True),
                        models.Q(("paper", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="mail_of_one_paper",
            ),
        ),
        AddTenantKeys("PaperMail", "file"),
    ]
