"""A purchase order as the buyer sent it (850), in neutral values: nothing resolved, nothing left out
silently.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from exchange.x12.findings import Finding, Position, Severity
from exchange.x12.parties import Contact, X12Party
from exchange.x12.references import QualifiedDate, Reference, find_date
from exchange.x12.tree import Tree

Party850 = X12Party

PRICE_DIVISORS = {
    **dict.fromkeys(("PN",), 10),
    **dict.fromkeys(("PD", "LD", "RD", "TD", "WD"), 12),
    **dict.fromkeys(("HP", "LC", "QH", "RC", "TC", "WC"), 100),
    **dict.fromkeys(("TP", "LM", "QS", "RM", "TM", "WM"), 1_000),
    "TT": 10_000,
    "HT": 100_000,
}
"""Element 639 codes whose price is for more than one unit: by ten, dozen, hundred, thousand and so on."""


@dataclass(frozen=True, slots=True)
class Schedule850:
    """SCH: a part of the line's quantity for a date. `dates` has SCH06 and, when given, SCH09."""

    quantity: Decimal | None
    unit: str
    dates: tuple[QualifiedDate, ...]
    position: Position


@dataclass(frozen=True, slots=True)
class Freight850:
    """FOB: who pays the freight (element 146) and the terms of delivery; `terms` may be an Incoterm."""

    method: str
    terms_qualifier: str
    terms: str
    description: str
    title_place: str


@dataclass(frozen=True, slots=True)
class Carrier850:
    """TD5: the carrier that the buyer asks for; `method` is element 91 (M road, A air, U parcel, ...)."""

    id_qualifier: str
    id: str
    method: str
    routing: str


@dataclass(frozen=True, slots=True)
class Line850:
    """One PO1 loop. `quantity` and `price` are None when missing or unreadable (a finding says so).

    `price` is as written; `unit_price` divides it where `price_basis` is a price for a dozen, hundred,
    thousand.
    """

    ordinal: int
    number: str
    quantity: Decimal | None
    unit: str
    price: Decimal | None
    price_basis: str
    part_ids: tuple[tuple[str, str], ...]
    position: Position
    currency: str = ""
    descriptions: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    dates: tuple[QualifiedDate, ...] = ()
    parties: tuple[X12Party, ...] = ()
    messages: tuple[str, ...] = ()
    schedules: tuple[Schedule850, ...] = ()
    carriers: tuple[Carrier850, ...] = ()
    freight: tuple[Freight850, ...] = ()

    @property
    def unit_price(self) -> Decimal | None:
        return None if self.price is None else self.price / PRICE_DIVISORS.get(self.price_basis, 1)

    def part(self, *qualifiers: str) -> str:
        """The part number under the first of these qualifiers that is there: BP buyer's, VP seller's, MG
        maker's.
        """
        return next((text for wanted in qualifiers for kind, text in self.part_ids if kind == wanted), "")

    def date(self, *qualifiers: str) -> dt.date | None:
        return find_date(self.dates, *qualifiers)


@dataclass(frozen=True, slots=True)
class Totals850:
    """CTT and AMT as sent: lines, hash total, amounts by qualifier (TT is the whole transaction)."""

    line_count: int | None = None
    hash_total: Decimal | None = None
    amounts: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class PurchaseOrder850:
    """One 850. `purpose` is BEG01 (00 original, 01 cancellation, 04 change, 05 replace, ...), `type` BEG02.

    `currency_entity` says whose currency it is (BY, SE). `tree` holds every segment, mapped here or not.
    """

    control_number: str
    purpose: str
    type: str
    po_number: str
    po_date: dt.date | None
    release_number: str
    contract_number: str
    currency: str
    currency_entity: str
    references: tuple[Reference, ...]
    dates: tuple[QualifiedDate, ...]
    contacts: tuple[Contact, ...]
    parties: tuple[X12Party, ...]
    messages: tuple[str, ...]
    carriers: tuple[Carrier850, ...]
    freight: tuple[Freight850, ...]
    lines: tuple[Line850, ...]
    totals: Totals850
    findings: tuple[Finding, ...]
    tree: Tree

    def party(self, *qualifiers: str) -> X12Party | None:
        """The first header party in one of these roles, in the order asked for."""
        return next((found for wanted in qualifiers for found in self.parties if found.qualifier == wanted), None)

    def date(self, *qualifiers: str) -> dt.date | None:
        return find_date(self.dates, *qualifiers)

    def line_findings(self, line: Line850) -> tuple[Finding, ...]:
        item = line.number or str(line.ordinal)
        return tuple(finding for finding in self.findings if finding.item == item)

    @property
    def is_readable(self) -> bool:
        """False when an error stands in the way of making an order of it."""
        return all(finding.severity != Severity.ERROR for finding in self.findings)
