import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from channel_inventory.pos.texts import EndBuyerText


@dataclass(slots=True)
class PosDraft:
    """One line of a report on its way into our tables: quantity and price in the product's own unit.

    `base_key` is the key of the first of the sales that the invoice does not tell apart, `key` the line's own.
    `corrects_id` is the version it replaces. A return names its original by `returns_id`, or by `returns_row` when the
    sale is a row of the same file. `claimed` is in minor units.
    """

    row_number: int
    partner_id: int
    product_id: int
    sku: str
    quantity: int
    price: Decimal
    currency: str
    day: dt.date
    invoice_number: str
    invoice_line: str
    text: EndBuyerText
    reported_sku: str
    reported_quantity: int
    reported_unit: str = ""
    location_id: int | None = None
    agreement: str = ""
    customer_po: str = ""
    original_invoice: str = ""
    claimed: int | None = None
    text_key: str = ""
    base_key: str = ""
    key: str = ""
    content: str = ""
    corrects_id: int | None = None
    returns_id: int | None = None
    returns_row: int | None = None
    warnings: Sequence[str] = ()

    @property
    def is_return(self) -> bool:
        return self.quantity < 0
