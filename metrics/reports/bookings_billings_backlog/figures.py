from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

RATIO = Decimal("0.001")

FLOWS = (
    "booked", "increase", "decrease", "cancel", "price", "transfer", "shipped", "unshipped", "invoiced", "credited",
)  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """Sums of one key, currency or report, in minor units, signed as in the ledger: effects on backlog, and billings.

    `opening` and `closing` are read as positions, the flows between them as flows: that they foot is checked.
    """

    opening: int = 0
    closing: int = 0
    unbilled: int = 0
    unbilled_before: int = 0
    booked: int = 0
    increase: int = 0
    decrease: int = 0
    cancel: int = 0
    price: int = 0
    transfer: int = 0
    shipped: int = 0
    unshipped: int = 0
    invoiced: int = 0
    credited: int = 0

    @property
    def gross_bookings(self) -> int:
        return self.booked + self.increase

    @property
    def net_bookings(self) -> int:
        return self.gross_bookings + self.decrease + self.cancel + self.price

    @property
    def billings(self) -> int:
        return self.invoiced + self.credited

    @property
    def unexplained(self) -> int:
        """What the bridge from opening to closing leaves over; anything but 0 is a defect."""
        explained = self.net_bookings + self.shipped + self.unshipped + self.transfer
        return self.closing - self.opening - explained

    @property
    def book_to_bill(self) -> Decimal | None:
        return ratio(self.net_bookings, self.billings)

    def totals(self) -> dict[str, int]:
        """Minor units under the names of the report, in the signs people say them with.

        Decreases, cancels and what shipped (less what was unshipped) are positive; price changes and transfers keep
        their sign: opening + gross − decreases − cancels + price − shipped + transfers = closing.
        """
        return {
            "opening_backlog": self.opening,
            "gross_bookings": self.gross_bookings,
            "quantity_decreases": -self.decrease,
            "cancels": -self.cancel,
            "price_changes": self.price,
            "net_bookings": self.net_bookings,
            "shipped": -self.shipped - self.unshipped,
            "transfers": self.transfer,
            "closing_backlog": self.closing,
            "billings": self.billings,
        }


def ratio(bookings: int, billings: int) -> Decimal | None:
    """Net bookings ÷ billings to three decimals; nothing without billings, never infinity and never 0."""
    if not billings:
        return None
    return (Decimal(bookings) / Decimal(billings)).quantize(RATIO, ROUND_HALF_UP)


def in_order_currency(row: Mapping[str, Any]) -> Figures:
    flows = {name: row[f"{name}_value"] for name in FLOWS}
    return Figures(row["open_value"], row["close_value"], row["close_unbilled"], row["open_unbilled"], **flows)


def in_reporting_currency(row: Mapping[str, Any]) -> Figures:
    """Shipped-not-billed has no reporting value: shipments convert at the booking rate, invoices at their own."""
    flows = {name: row[f"{name}_reporting"] for name in FLOWS}
    return Figures(row["open_reporting"], row["close_reporting"], **flows)


def summed(several: Iterable[Figures]) -> Figures:
    listed = list(several)
    return Figures(**{each.name: sum(getattr(one, each.name) for one in listed) for each in fields(Figures)})
