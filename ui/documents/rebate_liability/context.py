"""What the report is drawn from. The floor that owns the ledger fills it, complete, before anything is drawn.

Amounts are Decimal in whole currency units with the currency's own decimals, signed as in the ledger.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from ui.documents.letterhead import Letterhead

AGES = ("0–30 days", "31–60 days", "61–90 days", "over 90 days")


@dataclass(frozen=True)
class Row:
    """One partner, agreement, product, or a sum of them: accrued + changed + settled = open − recoverable.

    `changed` is adjusted, denied and reversed; `settled` is below zero. open − recoverable = estimated + claimed, and
    the ages split what is claimed.
    """

    label: str
    accrued: Decimal
    changed: Decimal
    settled: Decimal
    open: Decimal
    recoverable: Decimal
    estimated: Decimal
    claimed: Decimal
    ages: tuple[Decimal, ...]

    @property
    def is_aged(self) -> bool:
        return any(self.ages)

    @property
    def balance(self) -> Decimal:
        return self.estimated + self.claimed


@dataclass(frozen=True)
class Agreement:
    """What one partner has under one agreement. `note` says its kind and for whom it is."""

    row: Row
    note: str
    products: tuple[Row, ...]


@dataclass(frozen=True)
class Partner:
    """`rest` sums the agreements that are not printed, so that the section foots."""

    code: str
    row: Row
    agreements: tuple[Agreement, ...]
    agreement_count: int
    rest: Row | None = None


@dataclass(frozen=True)
class Movement:
    """One bucket of one kind, or of all: opening and what was added to it give closing."""

    label: str
    opening: Decimal
    accrued: Decimal
    adjusted: Decimal
    approved: Decimal
    denied: Decimal
    settled: Decimal
    reversed: Decimal
    closing: Decimal
    is_sum: bool = False

    @property
    def difference(self) -> Decimal:
        changes = (self.accrued, self.adjusted, self.approved, self.denied, self.settled, self.reversed)
        return self.closing - self.opening - sum(changes, Decimal(0))


@dataclass(frozen=True)
class Credit:
    """A credit memo and the ledger rows that settled by it."""

    number: str
    date: dt.date
    partner: str
    rows: str
    settled: Decimal


@dataclass(frozen=True)
class Exposure:
    partner: str
    amount: Decimal


@dataclass(frozen=True)
class CurrencySection:
    """All figures of one currency."""

    currency: str
    places: int
    total: Row
    settled_within: Decimal
    partners: tuple[Partner, ...]
    kinds: tuple[Row, ...]
    movements: tuple[Movement, ...]
    credits: tuple[Credit, ...]
    credits_left_out: int
    exposure: tuple[Exposure, ...]
    exposed: Decimal
    uncertified: Decimal
    uncertified_lines: int
    ledger_rows: int


@dataclass(frozen=True)
class Report:
    """The whole document. `produced_at` comes in the tenant's zone; `known_on` is the day the figures were known."""

    sender: Letterhead
    first: dt.date
    as_of: dt.date
    known_on: dt.date
    zone: str
    produced_at: dt.datetime
    sections: tuple[CurrencySection, ...]
    scope: str = "all partners"
