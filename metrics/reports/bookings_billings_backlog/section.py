"""What a report says in one currency."""

from dataclasses import dataclass
from decimal import Decimal

from metrics.reports.bookings_billings_backlog.bridge import Driver
from metrics.reports.bookings_billings_backlog.due import Due
from metrics.reports.bookings_billings_backlog.figures import Figures, ratio
from metrics.reports.bookings_billings_backlog.moves import Axis
from metrics.reports.bookings_billings_backlog.names import Name
from metrics.reports.bookings_billings_backlog.tops import Top
from metrics.reports.bookings_billings_backlog.trend import TrendPeriod


@dataclass(frozen=True)
class Line:
    """One key, or the rest of a currency summed (`is_rest`, standing for `keys` of them)."""

    sell_to_id: int | None
    end_buyer_id: int | None
    product_id: int | None
    sell_to: Name
    end_buyer: Name
    product: Name
    currency: str
    figures: Figures
    reporting: Figures
    keys: int = 1

    @property
    def is_rest(self) -> bool:
        return self.sell_to_id is None

    @property
    def key(self) -> str:
        if self.is_rest:
            return f"the {self.keys} keys that are not shown"
        return " × ".join([self.sell_to.code, self.end_buyer.code or "no end buyer", self.product.code])


@dataclass(frozen=True)
class Before:
    """The same figures of the days compared with. Minor units."""

    net_bookings: int
    billings: int

    @property
    def book_to_bill(self) -> Decimal | None:
        return ratio(self.net_bookings, self.billings)


@dataclass(frozen=True)
class Section:
    """All figures of one currency. `lines` and `tops` foot to `figures`, `drivers` lead from opening to closing.

    `unbilled` is what has shipped and is not billed, no part of backlog, and `unbilled_before` the same before the
    first day; None where currencies are added up, since shipments convert at the booking rate and invoices at their
    own. `late_before` was late when the period began. The trend is empty, and `before` None, when a period lacks a
    rate; `moves` are None when a line that moved does.
    """

    currency: str
    figures: Figures
    lines: tuple[Line, ...]
    drivers: tuple[Driver, ...]
    due: Due
    trend: tuple[TrendPeriod, ...]
    ledger_rows: int
    unbilled: int | None
    unbilled_before: int | None
    late_before: int
    before: Before | None
    moves: tuple[Axis, ...] | None
    tops: tuple[Top, ...]
    is_converted: bool = False

    def of(self, line: Line) -> Figures:
        return line.reporting if self.is_converted else line.figures
