from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0005_search_text"),
        ("orders", "0019_mail_of_other_papers"),
        ("parties", "0006_suggestions"),
        ("tenancy", "0007_click_body"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="orderledger",
            index=models.Index(
                condition=models.Q(
                    (
                        "verb__in",
                        [
                            "qty_increased",
                            "qty_decreased",
                            "price_changed",
                            "cancelled",
                            "request_moved",
                            "commit_moved",
                            "split",
                            "transferred",
                            "unshipped",
                            "credited",
                        ],
                    )
                ),
                fields=["tenant", "verb", "-id"],
                name="ledger_rare_verbs",
            ),
        ),
    ]
