"""The slow oracle: bookings, billings and backlog from ledger rows in plain Python, written from the domain's own
definitions and not from the statements under test.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from orders.models import OrderLedger

Key = tuple[int, int, int, str]

BOOKS = {"standard", "scheduled", "sample", "replacement"}
NEW = {"booked", "qty_increased"}
BACKLOG = NEW | {
    "qty_decreased", "price_changed", "cancelled", "split", "transferred", "shipped", "unshipped",
}  # fmt: skip
BILLING = {"invoiced", "credited"}


@dataclass
class Position:
    quantity: int = 0
    value: int = 0
    reporting: int = 0
    unrated: int = 0
    unbilled: int = 0

    def is_zero(self) -> bool:
        return not any((self.quantity, self.value, self.reporting, self.unrated, self.unbilled))

    def facts(self) -> tuple[int, int, int, int, int]:
        return (self.quantity, self.value, self.reporting, self.unrated, self.unbilled)


def key_of(row: OrderLedger) -> Key:
    return (row.sell_to_id, row.end_buyer_id or 0, row.product_id, row.currency)


def counted(rows: Iterable[OrderLedger]) -> list[OrderLedger]:
    return [row for row in rows if row.order_type in BOOKS]


def is_bill_taken_back(row: OrderLedger) -> bool:
    """A price credit leaves goods billed, a return brings them back; only a quantity credit unbills what left."""
    return row.verb == "credited" and bool(row.invoice_line) and row.invoice_line.invoice.credit_kind == "quantity"


def closing(rows: Iterable[OrderLedger], day: dt.date) -> dict[Key, Position]:
    """Backlog at the close of a day, by key; keys with nothing open are left out."""
    open_: dict[Key, Position] = defaultdict(Position)
    for row in counted(rows):
        if row.business_date > day:
            continue
        position = open_[key_of(row)]
        if row.verb in BACKLOG:
            position.quantity += row.quantity_delta
            position.value += row.value_delta
            position.reporting += row.reporting_delta or 0
            if row.reporting_delta is None:
                position.unrated += row.value_delta
        if row.verb in ("shipped", "unshipped", "invoiced") or is_bill_taken_back(row):
            position.unbilled -= row.value_delta
    return {key: position for key, position in open_.items() if not position.is_zero()}


@dataclass
class Totals:
    """Minor units, with the signs in which people say them: what left the backlog is positive."""

    opening_backlog: int = 0
    gross_bookings: int = 0
    quantity_decreases: int = 0
    cancels: int = 0
    price_changes: int = 0
    shipped: int = 0
    transfers: int = 0
    billings: int = 0
    splits: int = 0
    by_key: dict = field(default_factory=dict)

    @property
    def net_bookings(self) -> int:
        return self.gross_bookings - self.quantity_decreases - self.cancels + self.price_changes

    @property
    def closing_backlog(self) -> int:
        return self.opening_backlog + self.net_bookings - self.shipped + self.transfers


def totals(rows: Iterable[OrderLedger], first: dt.date, last: dt.date, currency: str) -> Totals:
    found = Totals()
    for row in counted(rows):
        if row.currency != currency or row.business_date > last:
            continue
        if row.business_date < first:
            found.opening_backlog += row.value_delta if row.verb in BACKLOG else 0
            continue
        add(found, row.verb, row.value_delta)
    return found


def add(found: Totals, verb: str, value: int) -> None:
    if verb in NEW:
        found.gross_bookings += value
    elif verb == "qty_decreased":
        found.quantity_decreases -= value
    elif verb == "cancelled":
        found.cancels -= value
    elif verb == "price_changed":
        found.price_changes += value
    elif verb in ("shipped", "unshipped"):
        found.shipped -= value
    elif verb == "transferred":
        found.transfers += value
    elif verb in BILLING:
        found.billings += value
    elif verb == "split":
        found.splits += value
