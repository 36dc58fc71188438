from typing import Any

from channel_inventory.choices import PosState
from channel_inventory.imports import POS, STOCK
from exchange.tables import BatchTable
from ui.columns import Chip, Column, Date, Figure, Instant, Link
from ui.tables import Table

KINDS = {kind.name: kind.title for kind in (POS, STOCK)}
PARTNER, PRODUCT, BUYER, TEXT, BATCH = "partner", "product", "end_buyer", "reported_end_buyer", "batch"


def invoice_of(line: Any) -> str:
    """Invoice and line, as a partner would look it up."""
    return f"{line.invoice_number} / {line.invoice_line}" if line.invoice_line else line.invoice_number


def end_buyer_of(line: Any) -> str:
    """Who it was certified to be, else who was reported."""
    return line.end_buyer.short_name if line.end_buyer_id else ""


def certified_or_not(line: Any) -> str:
    return "Certified" if line.end_buyer_id else "To certify"


class PosTable(Table):
    caption = "POS lines"
    columns = (
        Link("Invoice", invoice_of, url_name="channel_inventory:pos_detail", sort="number"),
        Column("Partner", "partner.short_name", needs=PARTNER),
        Date("Resold", "invoice_date"),
        Column("Part", "product.sku", needs=PRODUCT),
        Figure("Quantity", "quantity"),
        Figure("Resale price", "resale_price", places=4),
        Column("Currency", "currency"),
        Column("End buyer as reported", "reported_end_buyer.name", needs=TEXT),
        Column("End buyer", end_buyer_of, needs=BUYER),
        Chip("Certified", certified_or_not, tones={"Certified": "good", "To certify": "warn"}),
        Column("Agreement cited", "cited_agreement", is_extra=True),
        Column("Branch", "location.code", is_extra=True, needs="location"),
        Column("Customer PO", "customer_po", is_extra=True),
        Column("Reported part", "reported_sku", is_extra=True),
        Chip("State", "get_state_display", tones={PosState.CORRECTED: "warn"}, tone_path="state", is_extra=True),
        Column("File", "batch.file_name", is_extra=True, needs=BATCH),
        Date("Received", "received_on", is_extra=True),
        Instant("Recorded", "recorded_at", is_extra=True),
    )

    def row_css(self, row: Any) -> str:
        return "is-warn" if row.state == PosState.CORRECTED else ""


def kind_of(batch: Any) -> str:
    return KINDS[batch.kind]


class ReportTable(BatchTable):
    caption = "Reports of partners"
    columns = (
        BatchTable.columns[0], Column("Partner", "partner_name"), Column("Kind", kind_of), *BatchTable.columns[2:],
    )  # fmt: skip

    @classmethod
    def columns_open_to(cls, member: Any) -> tuple[Column, ...]:
        """Who sees its own reports only is not told whose they are."""
        found = super().columns_open_to(member)
        return tuple(column for column in found if not (member.is_outsider and column.label == "Partner"))
