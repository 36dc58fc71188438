"""What the report is drawn from. The floor that owns the ledger fills it, complete, before anything is drawn.

Amounts are Decimal in whole currency units with the currency's own decimals; rises of the backlog are positive.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from ui.charts.bridge import is_cut
from ui.documents.letterhead import Letterhead


@dataclass(frozen=True)
class Period:
    """One fiscal period of the trend. `year` stands under the first of its year."""

    label: str
    net_bookings: Decimal
    billings: Decimal
    book_to_bill: Decimal | None = None
    book_to_bill_3: Decimal | None = None
    year: str = ""


@dataclass(frozen=True)
class Due:
    """Backlog due in one bucket; `kind` is late, month, quarter, later or unscheduled."""

    label: str
    value: Decimal
    kind: str


@dataclass(frozen=True)
class Driver:
    """One step of the bridge, signed: cancels and shipments are below zero."""

    label: str
    amount: Decimal
    ledger_rows: int


@dataclass(frozen=True)
class Move:
    """Dates moved in one direction by one initiator; what left its period counts up for later, down for earlier."""

    label: str
    initiator: str
    schedules: int
    value: Decimal
    mean_days: Decimal
    value_days: Decimal
    out_of_period: Decimal
    out_of_quarter: Decimal


@dataclass(frozen=True)
class Axis:
    """Requested dates, or committed ones: the two are never added."""

    moves: tuple[Move, ...]

    @property
    def value_days(self) -> Decimal:
        return sum((move.value_days for move in self.moves), Decimal(0))

    @property
    def out_of_period(self) -> Decimal:
        return sum((move.out_of_period for move in self.moves), Decimal(0))

    @property
    def out_of_quarter(self) -> Decimal:
        return sum((move.out_of_quarter for move in self.moves), Decimal(0))


@dataclass(frozen=True)
class Member:
    """One sell-to, end buyer or product, or the rest of them."""

    name: str
    net_bookings: Decimal
    billings: Decimal
    closing: Decimal
    late: Decimal
    book_to_bill: Decimal | None = None


@dataclass(frozen=True)
class Top:
    """The largest by net bookings; with the rest in the last row it foots to the section."""

    heading: str
    rows: tuple[Member, ...]


@dataclass(frozen=True)
class Before:
    """The figures of the days that the report is compared with."""

    net_bookings: Decimal
    billings: Decimal
    book_to_bill: Decimal | None = None


@dataclass(frozen=True)
class Slice:
    """One sell-to × end buyer × product, or all the rest of them."""

    sell_to: str
    end_buyer: str
    product: str
    net_bookings: Decimal
    billings: Decimal
    opening: Decimal
    closing: Decimal
    book_to_bill: Decimal | None = None

    @property
    def change(self) -> Decimal:
        return self.closing - self.opening


@dataclass(frozen=True)
class Totals:
    """The keys of `render_report … bookings_billings_backlog`; quantity decreases, cancels and shipments positive."""

    opening_backlog: Decimal
    gross_bookings: Decimal
    quantity_decreases: Decimal
    cancels: Decimal
    price_changes: Decimal
    net_bookings: Decimal
    shipped: Decimal
    transfers: Decimal
    closing_backlog: Decimal
    billings: Decimal
    book_to_bill: Decimal | None
    unshipped: Decimal = Decimal(0)
    shipped_not_billed: Decimal | None = None
    book_to_bill_3: Decimal | None = None


@dataclass(frozen=True)
class CurrencySection:
    """All figures of one currency. `rest` sums the rows that `slices` leaves out, so that the table foots."""

    currency: str
    places: int
    totals: Totals
    trend: tuple[Period, ...]
    due: tuple[Due, ...]
    drivers: tuple[Driver, ...]
    slices: tuple[Slice, ...]
    ledger_rows: int
    rest: Slice | None = None
    rest_count: int = 0
    axes: tuple[Axis, ...] = ()
    tops: tuple[Top, ...] = ()
    late_before: Decimal = Decimal(0)
    before: Before | None = None

    @property
    def all_slices(self) -> tuple[Slice, ...]:
        return (*self.slices, self.rest) if self.rest else self.slices

    @property
    def late(self) -> Decimal:
        return sum((bucket.value for bucket in self.due if bucket.kind == "late"), Decimal(0))

    @property
    def has_moves(self) -> bool:
        return any(axis.moves for axis in self.axes)

    @property
    def net_change(self) -> Decimal:
        return self.totals.closing_backlog - self.totals.opening_backlog

    @property
    def is_cut(self) -> bool:
        amounts = [driver.amount for driver in self.drivers]
        return is_cut(self.totals.opening_backlog, amounts, self.totals.closing_backlog)


@dataclass(frozen=True)
class Report:
    """The whole document. `produced_at` comes in the tenant's zone; `known_on` is the day the figures were known."""

    sender: Letterhead
    period: str
    as_of: dt.date
    known_on: dt.date
    zone: str
    produced_at: dt.datetime
    sections: tuple[CurrencySection, ...]
    scope: str = "all sell-tos"
    compared: str = ""
    produced_by: str = ""
