"""The list of orders. Partners see the columns that ask for no right of their own."""

from typing import Any

from orders.choices import OrderStatus
from orders.tables.cells import STATUS_TONES, DaysApart, Entered, NextCommit, StatusChips
from ui.columns import Chip, Column, Date, Figure, Link, ShortDate
from ui.tables import Table
from values.money import from_minor

INSIDE = "orders.view"


def end_buyers(row: Any) -> str:
    """Of an order annotated with `end_buyer_names`."""
    names = row.end_buyer_names
    return f"{len(names)} end buyers" if len(names) > 1 else "".join(names)


class OrderTable(Table):
    caption = "Orders"
    columns = (
        Link("Order", "number", url_name="orders:order_detail", sort="entered"),
        Column("Customer PO", "customer_po"),
        Column("Sell-to", "sell_to.short_name", css="name"),
        Column("End buyer", end_buyers, css="name", is_wide_only=True),
        StatusChips("Status", "get_status_display", right=INSIDE),
        Chip("State", "get_status_display", tones=STATUS_TONES, tone_path="status", right="partner.orders"),
        Figure("Lines", "line_count", is_wide_only=True),
        Figure("Value", lambda row: from_minor(row.value, row.currency), is_wide_only=True),
        Figure("Open", lambda row: from_minor(row.open_value, row.currency)),
        Column("Cur.", "currency"),
        ShortDate("Request", "next_request_date"),
        NextCommit("Commit", "next_commit_date"),
        DaysApart("Days", "next_commit_date", is_wide_only=True),
        Entered("Entered", "entered_at", right=INSIDE, is_wide_only=True),
        Date("PO date", "order_date", sort="ordered", is_extra=True),
        Column("Type", "get_order_type_display", is_extra=True),
        Column("Bill-to", "bill_to.short_name", css="name", right=INSIDE, is_extra=True, needs="bill_to"),
        Column("Source", "get_source_display", right=INSIDE, is_extra=True),
        Column("Entered by", "entered_by.user", right=INSIDE, is_extra=True, needs="entered_by__user"),
        Figure("Holds", "hold_count", right=INSIDE, is_extra=True),
        Figure("Shipped", lambda row: from_minor(row.value - row.open_value, row.currency), is_extra=True),
        Figure("Version", "version", right=INSIDE, is_extra=True),
    )

    def row_css(self, row: Any) -> str:
        return "struck" if row.status == OrderStatus.CANCELLED else ""
