from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channel_inventory", "0016_sales_found_by_key")]

    operations = [
        migrations.AddIndex(
            model_name="posline",
            index=models.Index(
                condition=models.Q(("quantity__lt", 0)), fields=["tenant", "-id"], name="pos_line_taken_back"
            ),
        ),
        migrations.AddIndex(
            model_name="posline",
            index=models.Index(
                condition=models.Q(("state", "corrected")), fields=["tenant", "-id"], name="pos_line_replaced"
            ),
        ),
        migrations.AddIndex(
            model_name="stockledger",
            index=models.Index(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "consign_in",
                            "transfer_in",
                            "transfer_out",
                            "end_return",
                            "return_to_us",
                            "scrap",
                            "jit_pull",
                            "adjustment",
                        ],
                    )
                ),
                fields=["tenant", "kind", "-id"],
                name="stock_rare_kinds",
            ),
        ),
    ]
