from metrics.reports.delivery_performance.misses import Miss
from metrics.tables import PartyName
from ui.columns import Chip, Column, Figure, Link, ShortDate
from ui.tables import Table


class DeliveryTable(Table):
    caption = "Schedules and how their dates were kept"
    columns: tuple[Column, ...] = (
        Link("Order", "order_number", url_name="orders:order_detail", args=("order_id",)),
        Column("Line", "place", css="num"),
        Chip(
            "Class",
            "outcome_name",
            tones={"On time": "good", "Late": "bad", "Too early": "warn", "Uncommitted": "warn"},
        ),
        ShortDate("Counted on", "due_on"),
        ShortDate("Actual", "actual"),
        Figure("Business days off", "days"),
        PartyName("Sell-to", "sell_to", css="name"),
        PartyName("End buyer", "end_buyer", css="name"),
        Column("Product", "product.code"),
        Column("Site", "site", css="name"),
        Figure("Quantity", "quantity"),
        Figure("Open", "open_qty"),
        ShortDate("Request date", "request_date"),
        ShortDate("First commit", "first_commit"),
        ShortDate("Current commit", "current_commit"),
        Figure("Recommits", "moves"),
        Column("Converted", lambda row: "by transit days" if row.is_converted else ""),
    )

    def row_css(self, row: Miss) -> str:
        return "is-bad" if row.outcome == "late" and row.actual is None else ""
