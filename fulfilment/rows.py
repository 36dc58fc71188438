"""A shipment row of a file, with its references resolved."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class HistoryRow:
    """What left on one day of one order line. `number` is the row in the file, `site_id` the place that it left."""

    number: int
    order_id: int
    line_no: int
    quantity: int
    ship_date: date
    site_party_id: int | None = None
    site_id: int | None = None
    tracking: str = ""
    delivered_date: date | None = None
    invoice_number: str = ""
    invoice_date: date | None = None

    @property
    def source_key(self) -> str:
        """The same row of the same or another file is the same shipment."""
        parts = (self.order_id, self.line_no, self.ship_date, self.quantity, self.tracking, self.invoice_number)
        return "row:" + ":".join(str(part) for part in parts)[:100]

    @property
    def shipment_key(self) -> tuple:
        """Rows that left together: one shipment, one invoice."""
        return (self.ship_date, self.tracking, self.site_party_id, self.invoice_number, self.invoice_date)


@dataclass(frozen=True)
class RowOutcome:
    """What became of a row: `created`, `unchanged`, or `error` with the field, a code and a sentence."""

    number: int
    result: str
    field: str = ""
    code: str = ""
    message: str = ""
