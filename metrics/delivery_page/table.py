from metrics.reports.delivery_performance.misses import Miss
from ui.columns import Chip, Column, Date, Figure, Link
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
        Date("Counted on", "due_on"),
        Date("Actual", "actual"),
        Figure("Business days off", "days"),
        Column("Sell-to", "sell_to.name"),
        Column("End buyer", "end_buyer.name"),
        Column("Product", "product.code"),
        Column("Site", "site"),
        Figure("Quantity", "quantity"),
        Figure("Open", "open_qty"),
        Date("Request date", "request_date"),
        Date("First commit", "first_commit"),
        Date("Current commit", "current_commit"),
        Figure("Recommits", "moves"),
        Column("Converted", lambda row: "by transit days" if row.is_converted else ""),
    )

    def row_css(self, row: Miss) -> str:
        return "is-bad" if row.outcome == "late" and row.actual is None else ""
