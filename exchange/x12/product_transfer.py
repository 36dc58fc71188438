"""Read an 867 product transfer and resale report: what a distributor sold, to whom, and what it claims for it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from exchange.x12.elements import pairs, value
from exchange.x12.findings import Finding, Position, Severity, X12Error
from exchange.x12.interchange import TransactionSet
from exchange.x12.parties import X12Party, read_party
from exchange.x12.references import QualifiedDate, Reference, find_date, read_dates, read_reference
from exchange.x12.segments import Segment
from exchange.x12.tree import LoopNode, parse_loops
from exchange.x12.values import parse_date, parse_decimal, parse_integer

RETURNED = ("76",)
"""QTY01 of goods that came back."""

CLAIMED, DEBIT = "S", "D"
"""AMT01 of what is claimed for one unit, and AMT03 of what the distributor owes instead."""

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Price867:
    """UIT: a price for one `unit`; `basis` is element 639 (CT contract, CA catalogue, ...)."""

    unit: str
    price: Decimal | None
    basis: str


@dataclass(frozen=True, slots=True)
class Line867:
    """One QTY loop. `type` is PTD01 (SS stock sale, PA adjustment, ...), `quantity` None when it is no number.

    `claim_each` is the amount AMT S for one unit, negative where it is a debit.
    """

    ordinal: int
    type: str
    contract: str
    quantity_qualifier: str
    quantity: Decimal | None
    unit: str
    part_ids: tuple[tuple[str, str], ...]
    prices: tuple[Price867, ...]
    claim_each: Decimal | None
    references: tuple[Reference, ...]
    dates: tuple[QualifiedDate, ...]
    parties: tuple[X12Party, ...]
    position: Position

    @property
    def is_taken_back(self) -> bool:
        is_debit = self.claim_each is not None and self.claim_each < 0
        return self.quantity_qualifier in RETURNED or (self.type == "PA" and is_debit)

    @property
    def claim(self) -> Decimal | None:
        """Quantity × amount for one, to the cent."""
        if self.claim_each is None or self.quantity is None:
            return None
        return (abs(self.quantity) * self.claim_each).quantize(_CENT, ROUND_HALF_UP)

    def part(self, *qualifiers: str) -> str:
        return next((text for wanted in qualifiers for kind, text in self.part_ids if kind == wanted), "")

    def price(self, *bases: str) -> Price867 | None:
        """The price on the first of these bases that is there, else the first of all."""
        wanted = (each for basis in bases for each in self.prices if each.basis == basis)
        return next(wanted, self.prices[0] if self.prices else None)

    def reference(self, *qualifiers: str) -> str:
        return next((each.value for wanted in qualifiers for each in self.references if each.qualifier == wanted), "")

    def party(self, *roles: str) -> X12Party | None:
        return next((each for role in roles for each in self.parties if each.qualifier == role), None)

    def date(self, *qualifiers: str) -> dt.date | None:
        return find_date(self.dates, *qualifiers)


@dataclass(frozen=True, slots=True)
class Resale867:
    """One 867. `line_count` and `claim_total` are what its trailer says."""

    control_number: str
    purpose: str
    reference: str
    report_date: dt.date | None
    currency: str
    dates: tuple[QualifiedDate, ...]
    parties: tuple[X12Party, ...]
    lines: tuple[Line867, ...]
    line_count: int | None
    claim_total: Decimal | None
    findings: tuple[Finding, ...]

    def party(self, *roles: str) -> X12Party | None:
        return next((each for role in roles for each in self.parties if each.qualifier == role), None)

    def date(self, *qualifiers: str) -> dt.date | None:
        return find_date(self.dates, *qualifiers)


def read_867(transaction: TransactionSet) -> Resale867:
    """Raises X12Error `wrong_set` for anything but an 867. What does not add up is among the findings."""
    if transaction.set_id != "867":
        raise X12Error("wrong_set", f"A resale report is an 867, not a {transaction.set_id}", transaction.position)
    tree = parse_loops(transaction)
    root, findings = tree.root, list(tree.findings)
    bpt = root.first("BPT")
    trailer = next(root.loops("CTT"), None)
    amounts = [signed(segment) for segment in trailer.segments("AMT")] if trailer else []
    transfers = list(root.loops("PTD"))
    lines = tuple(read_lines(transfers, findings))
    totals = [amount for qualifier, amount in amounts if qualifier == CLAIMED and amount is not None]
    # a transfer counts in the trailer, or each of its quantities does: both are found
    counts = {len(transfers), len(lines)}
    line_count = parse_integer(value(trailer.head, "line_count")) if trailer else None
    position = trailer.head.position if trailer else transaction.position
    findings += check_totals(lines, line_count, counts, totals, position)
    return Resale867(
        control_number=transaction.control_number,
        purpose=value(bpt, "purpose"),
        reference=value(bpt, "reference"),
        report_date=parse_date(value(bpt, "date")),
        currency=value(root.first("CUR"), "currency"),
        dates=read_dates(root.segments("DTM"), findings),
        parties=tuple(read_party(loop) for loop in root.loops("N1")),
        lines=lines,
        line_count=line_count,
        claim_total=totals[0] if totals else None,
        findings=tuple(findings),
    )


def read_lines(transfers: list[LoopNode], findings: list[Finding]) -> Iterator[Line867]:
    ordinal = 0
    for transfer in transfers:
        parties = list(transfer.loops("N1"))
        quantities: list[tuple[LoopNode, LoopNode | None]] = [(loop, None) for loop in transfer.loops("QTY")]
        quantities += [(loop, party) for party in parties for loop in party.loops("QTY")]
        for loop, party in quantities:
            ordinal += 1
            named = tuple(read_party(each) for each in ([party] if party else parties))
            yield read_line(ordinal, transfer, loop, named, findings)


def read_line(
    ordinal: int, transfer: LoopNode, loop: LoopNode, parties: tuple[X12Party, ...], findings: list[Finding]
) -> Line867:
    head, item = transfer.head, str(ordinal)
    around = [segment for each in transfer.loops("N1") for segment in each.segments("REF")]
    references = [*loop.segments("REF"), *transfer.segments("REF"), *around]
    claims = [amount for kind, amount in map(signed, loop.segments("AMT")) if kind == CLAIMED and amount is not None]
    prices = [
        Price867(value(uit, "unit"), parse_decimal(value(uit, "price")), value(uit, "price_basis"))
        for uit in loop.segments("UIT")
    ]
    lin = loop.first("LIN")
    return Line867(
        ordinal=ordinal,
        type=value(head, "type"),
        contract=value(head, "reference") if value(head, "reference_qualifier") in ("VC", "CT", "PD", "") else "",
        quantity_qualifier=value(loop.head, "qualifier"),
        quantity=parse_decimal(value(loop.head, "quantity")),
        unit=value(loop.head, "unit"),
        part_ids=pairs(lin, "part_qualifier", "part") if lin else (),
        prices=tuple(prices),
        claim_each=claims[0] if claims else None,
        references=tuple(read_reference(segment) for segment in references),
        dates=read_dates([*loop.segments("DTM"), *transfer.segments("DTM")], findings, item),
        parties=parties,
        position=loop.head.position,
    )


def signed(amount: Segment) -> tuple[str, Decimal | None]:
    """Qualifier and amount of an AMT; a debit is negative."""
    number = parse_decimal(value(amount, "amount"))
    is_debit = value(amount, "credit_debit") == DEBIT
    return value(amount, "qualifier"), -number if is_debit and number is not None else number


def check_totals(
    lines: tuple[Line867, ...],
    line_count: int | None,
    counts: set[int],
    totals: list[Decimal],
    position: Position,
) -> Iterator[Finding]:
    if line_count is not None and line_count not in counts:
        message = f"CTT01 says {line_count} lines, there are {len(lines)}"
        yield Finding(Severity.WARNING, "line_count_differs", message, position, 1)
    claimed = sum((line.claim for line in lines if line.claim is not None), Decimal())
    if totals and totals[0] != claimed:
        message = f"The trailer claims {totals[0]}, the lines add up to {claimed}"
        yield Finding(Severity.WARNING, "claim_total_differs", message, position)
