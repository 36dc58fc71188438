from catalog.choices import Lifecycle
from ui.columns import Chip, Column, Figure, Link
from ui.tables import Table

TONES = {
    Lifecycle.NOT_FOR_NEW_DESIGN: "warn",
    Lifecycle.LAST_TIME_BUY: "warn",
    Lifecycle.OBSOLETE: "bad",
    Lifecycle.SAMPLING: "info",
}


class ProductTable(Table):
    caption = "Parts"
    columns = (
        Link("Part", "sku", url_name="catalog:product_detail", sort="sku"),
        Column("Description", "description"),
        Column("Family", "family.code"),
        Column("Unit", "unit"),
        Figure("Minimum", "minimum_qty"),
        Figure("Package", "multiple_qty"),
        Figure("Weight, g", "unit_weight_g"),
        Figure("Lead time, days", "lead_time_days"),
        Chip("Lifecycle", "get_lifecycle_display", tones=TONES, tone_path="lifecycle"),
    )
