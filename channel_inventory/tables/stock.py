from typing import Any

from channel_inventory.choices import GapClass
from channel_inventory.models import StockPosition
from channel_inventory.tables.prices import UnitPrice
from tenancy.rights import SEE_COST
from ui.columns import Chip, Column, Date, Figure, Instant, Link
from ui.tables import Table

GAP_TONES = {
    GapClass.NONE: "good",
    GapClass.IN_TRANSIT: "info",
    GapClass.UNEXPLAINED: "bad",
    GapClass.UNIT_FACTOR: "warn",
    GapClass.WRONG_BRANCH: "warn",
    GapClass.DUPLICATE_FILE: "warn",
    GapClass.MISSING_WEEK: "warn",
}
NO_DEMAND = "no demand"
BUILDING_UP = "building up"


def weeks_of(row: StockPosition) -> Any:
    return NO_DEMAND if row.weeks is None else row.weeks


def alert_of(row: StockPosition) -> str | None:
    return BUILDING_UP if row.is_building_up else None


class StockPositionTable(Table):
    caption = "Channel stock"
    columns = (
        Link("Partner", "partner.name", url_name="parties:party_detail", args=("partner_id",)),
        Link("Part", "product.sku", url_name="channel_inventory:stock_detail"),
        Figure("On hand", "on_hand", sort="on-hand"),
        Figure("Sold without stock", "shortage", is_extra=True),
        Figure("Sold in 13 weeks", "sold"),
        Column("Weeks of supply", weeks_of, css="num"),
        Figure("Weeks, four weeks ago", "weeks_before", is_extra=True),
        Chip("Alert", alert_of, tones={BUILDING_UP: "warn"}),
        Figure("Reported", "reported"),
        Date("Reported on", "reported_on"),
        Figure("Computed then", "computed", is_extra=True),
        Figure("Gap", "gap"),
        Chip("Gap is", "get_gap_class_display", tones=GAP_TONES, tone_path="gap_class"),
    )


class StockRowTable(Table):
    caption = "Channel stock ledger"
    columns = (
        Column("Row", "pk", css="num", sort="number"),
        Date("Happened on", "event_date"),
        Date("Counts on", "business_date", is_extra=True),
        Column("What", "get_kind_display"),
        Column("Partner", "partner.name"),
        Column("Location", "location.code"),
        Column("Part", "product.sku"),
        Figure("Quantity", "quantity"),
        Link("Partner's invoice", "pos_line", url_name="channel_inventory:pos_detail", args=("pos_line_id",)),
        Link(
            "Our invoice",
            "invoice_line.invoice.number",
            url_name="orders:invoice_preview",
            args=("invoice_line.invoice.order_id", "invoice_line.invoice_id"),
        ),
        Column("Corrects row", "reverses_id", css="num"),
        Column("Reason", "reason", is_extra=True),
        Instant("Recorded", "recorded_at", is_extra=True),
    )


class CostLayerTable(Table):
    caption = "Cost layers"
    columns = (
        Column("Layer", "pk", css="num", sort="number"),
        Column("Partner", "partner.name"),
        Column("Part", "product.sku"),
        Date("Received on", "received_on"),
        Link(
            "Our invoice",
            "stock_row.invoice_line.invoice.number",
            url_name="orders:invoice_preview",
            args=("stock_row.invoice_line.invoice.order_id", "stock_row.invoice_line.invoice_id"),
        ),
        Figure("Arrived", "quantity"),
        Figure("Left", "remaining"),
        UnitPrice("Unit cost", "unit_cost", right=SEE_COST),
        UnitPrice("Net cost", "net_cost", right=SEE_COST),
        Column("Currency", "currency"),
    )
