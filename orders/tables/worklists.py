"""Lists that are worked off: holds, open schedules, moved requests."""

from typing import Any

from orders.choices import HoldScope
from orders.tables.cells import Commit, Release, Signed
from ui.columns import Chip, Column, Figure, Link, ShortDate, ShortInstant
from ui.tables import Table
from values.money import from_minor


class HoldTable(Table):
    caption = "Open holds"
    columns = (
        Chip("Hold", "get_kind_display", tones={HoldScope.BOOKING: "bad", HoldScope.SHIPPING: "warn"},
             tone_path="scope", css="wrapped short"),
        Link("Order", "order.number", url_name="orders:order_detail", args=("order_id",)),
        Figure("Line", "line.line_no"),
        Column("Part", "line.product.sku", css="pn", is_wide_only=True),
        Column("Sell-to", "order.sell_to.short_name", css="name"),
        Column("End buyer", "line.end_buyer.short_name", css="name", is_wide_only=True),
        Column("Why", "message", css="wrapped"),
        ShortInstant("Since", "placed_at", sort="since"),
        Release("", ""),
    )  # fmt: skip


class ScheduleTable(Table):
    caption = "Open schedules"
    columns = (
        Link("Order", "order.number", url_name="orders:order_detail", args=("order_id",)),
        Column("Line", lambda row: f"{row.line.line_no}.{row.number}"),
        Column("Part", "line.product.sku", css="pn"),
        Column("Sell-to", "order.sell_to.short_name", css="name"),
        Column("End buyer", "line.end_buyer.short_name", css="name"),
        Figure("Open", "open_qty"),
        Figure("Value", lambda row: from_minor(row.open_value, row.order.currency), is_wide_only=True),
        Column("Cur.", "order.currency", is_wide_only=True),
        ShortDate("Request", "request_date", sort="request"),
        ShortDate("First commit", "first_commit", is_wide_only=True),
        Commit("Commit", "current_commit", sort="commit"),
        Column("Customer PO", "order.customer_po", is_extra=True),
        Figure("Ordered", "quantity", is_extra=True),
        Figure("Shipped", "shipped_qty", is_extra=True),
        Figure("Released", "released_qty", is_extra=True),
        Column("Dates mean", "get_date_basis_display", is_extra=True),
    )

    def row_css(self, row: Any) -> str:
        return "is-warn" if row.current_commit is None else ""

    def row_name(self, row: Any) -> str:
        return f"{row.order.number} {row.line.line_no}.{row.number}"


class MoveTable(Table):
    """Rows of the ledger: what was asked for, beside what is promised now."""

    caption = "Moved requests"
    columns = (
        Link("Order", "order.number", url_name="orders:order_detail", args=("order_id",)),
        Column("Line", lambda row: f"{row.line.line_no}.{row.schedule.number}"),
        Column("Part", "line.product.sku", css="pn"),
        Column("Sell-to", "order.sell_to.short_name", css="name", is_wide_only=True),
        Column("End buyer", "line.end_buyer.short_name", css="name", is_wide_only=True),
        Figure("Open", "schedule.open_qty"),
        ShortDate("From", "from_date"),
        ShortDate("To", "to_date"),
        Signed("Days", "days"),
        Commit("Commit", "schedule.current_commit"),
        Column("At the wish of", "get_initiator_display", is_wide_only=True),
        ShortInstant("Moved", "recorded_at", sort="moved"),
    )

    def row_name(self, row: Any) -> str:
        return f"{row.order.number} {row.line.line_no}.{row.schedule.number}"
