from catalog.choices import Lifecycle
from people.columns import history_of
from ui.columns import Chip, Column, Figure, Link, verb
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
        Column("Unit", "unit", is_wide_only=True),
        Figure("Minimum", "minimum_qty"),
        Figure("Package", "multiple_qty"),
        Figure("Weight, g", "unit_weight_g", is_wide_only=True),
        Figure("Lead time, days", "lead_time_days"),
        Chip("Lifecycle", "get_lifecycle_display", tones=TONES, tone_path="lifecycle"),
    )


class FamilyTable(Table):
    caption = "Product families"
    columns = (
        Link("Code", "code", url_name="catalog:family_detail", sort="code"),
        Column("Name", "name"),
        Figure("Parts", "parts"),
    )


class UnitTable(Table):
    caption = "Units"
    columns = (
        Column("One", "unit"),
        Figure("Holds", "factor"),
        Column("Of", "base_unit"),
        Column("Part", lambda factor: factor.product.sku if factor.product else "all"),
        history_of("unit"),
        verb("Edit", "catalog:unit_edit", right="master.edit"),
        verb("Remove", "catalog:unit_remove", right="master.edit"),
    )


class PartNumberTable(Table):
    caption = "Customers' part numbers"
    columns = (
        Column("Number", "number"),
        Link("Party", "party.name", url_name="parties:party_detail", args=("party_id",)),
        Link("Part", "product.sku", url_name="catalog:product_detail", args=("product_id",)),
        Column("Description", "product.description"),
        history_of("part-number"),
        verb("Remove", "catalog:part_number_remove", right="master.edit"),
    )
