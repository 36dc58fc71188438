from collections.abc import Callable
from typing import Any

from fulfilment.choices import ShipmentStatus, ShipRequestStatus
from shipping.tables import SEES_NUMBERS, masked
from ui.columns import Chip, Column, Figure, Instant, Link, ShortDate
from ui.tables import Table

REQUEST_TONES = {
    ShipRequestStatus.RELEASED: "info",
    ShipRequestStatus.PART_SHIPPED: "warn",
    ShipRequestStatus.SHIPPED: "good",
}
SHIPMENT_TONES = {ShipmentStatus.CONFIRMED: "good", ShipmentStatus.UNDONE: "bad"}


def terms_of(request: Any) -> str:
    frozen = request.frozen
    return f"{frozen['incoterm']} {frozen['named_place']}"


def carriage_of(request: Any) -> str:
    frozen = request.frozen
    return f"{frozen['carrier_code']} {frozen['service']}".strip()


class ShipRequestTable(Table):
    caption = "Ship requests"
    columns = (
        Link("Request", "number", url_name="fulfilment:ship_request_detail", sort="number"),
        Figure("Rev.", "revision", is_wide_only=True),
        Column("Order", "order.number"),
        Column("Site", "site.name"),
        Column("Terms", terms_of),
        Column("Carriage", carriage_of),
        ShortDate("Ship by", "ship_by_date", sort="ship_by"),
        Chip("Status", "get_status_display", tones=REQUEST_TONES, tone_path="status"),
        Instant("Released", "released_at", is_wide_only=True),
    )


class ShipmentTable(Table):
    caption = "Shipments"
    columns = (
        Link("Shipment", "number", url_name="fulfilment:shipment_detail", sort="number"),
        Column("Request", "ship_request.number"),
        Column("Order", "order.number"),
        ShortDate("Shipped", "ship_date"),
        Column("Carrier", "carrier_code"),
        Column("Tracking", "tracking"),
        ShortDate("Delivered", "delivered_date"),
        Column("Invoice", "invoice.number"),
        Chip("Status", "get_status_display", tones=SHIPMENT_TONES, tone_path="status"),
    )


class ExceptionTable(Table):
    caption = "Exceptions"
    columns = (
        Link("Shipment", "shipment.number", url_name="fulfilment:shipment_detail", args=("shipment_id",)),
        Link("Order", "shipment.order.number", url_name="orders:order_detail", args=("shipment.order_id",)),
        Column("What", lambda row: row.field.replace("_", " ").capitalize()),
        Column("Requested", "requested"),
        Column("Answered", "answered"),
        Instant("Raised", "raised_at"),
        Instant("Cleared", "cleared_at"),
        Column("How", "clear_reason"),
        Link(
            "",
            lambda row: None if row.cleared_at else "Clear…",
            url_name="fulfilment:exception_clear",
            right="exceptions.clear",
        ),
    )

    @classmethod
    def columns_open_to(cls, member: Any) -> tuple[Column, ...]:
        """Who may not edit freight accounts sees of their numbers how they end."""
        columns = super().columns_open_to(member)
        if member.may(SEES_NUMBERS):
            return columns
        return tuple(MASKED.get(column.label, column) for column in columns)

    def row_css(self, row: Any) -> str:
        return "" if row.cleared_at else "is-warn"


def without_account(field: str) -> Callable[[Any], str]:
    def shown(row: Any) -> str:
        text = getattr(row, field)
        return masked(text) if row.field == "account" else text

    return shown


MASKED = {
    "Requested": Column("Requested", without_account("requested")),
    "Answered": Column("Answered", without_account("answered")),
}
