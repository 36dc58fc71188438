"""Read an 852 product activity report: what somebody holds of each part, place by place."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from exchange.x12.elements import pairs, value
from exchange.x12.findings import Finding, Position, Severity, X12Error
from exchange.x12.interchange import TransactionSet
from exchange.x12.parties import X12Party, read_party
from exchange.x12.segments import Segment
from exchange.x12.tree import LoopNode, parse_loops
from exchange.x12.values import parse_date, parse_decimal, parse_integer


@dataclass(frozen=True, slots=True)
class Activity852:
    """ZA: a quantity of one sort (element 859: QA available, QE on hand at the end, QP on order, QI in transit)."""

    kind: str
    quantity: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class Line852:
    """One LIN loop with the place (N1) that it stands under."""

    place: X12Party | None
    part_ids: tuple[tuple[str, str], ...]
    activities: tuple[Activity852, ...]
    position: Position

    def part(self, *qualifiers: str) -> str:
        return next((text for wanted in qualifiers for kind, text in self.part_ids if kind == wanted), "")

    def activity(self, *kinds: str) -> Activity852 | None:
        return next((each for kind in kinds for each in self.activities if each.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Stock852:
    """One 852. The stock is that of the period's last day."""

    control_number: str
    start: dt.date | None
    end: dt.date | None
    parties: tuple[X12Party, ...]
    lines: tuple[Line852, ...]
    findings: tuple[Finding, ...]

    @property
    def as_of(self) -> dt.date | None:
        return self.end or self.start


def read_852(transaction: TransactionSet) -> Stock852:
    """Raises X12Error `wrong_set` for anything but an 852."""
    if transaction.set_id != "852":
        raise X12Error("wrong_set", f"An activity report is an 852, not a {transaction.set_id}", transaction.position)
    tree = parse_loops(transaction)
    root = tree.root
    head, trailer = root.first("XQ"), root.first("CTT")
    lines = tuple(read_lines(root))
    findings = list(tree.findings)
    declared = parse_integer(value(trailer, "line_count"))
    if trailer is not None and declared is not None and declared != len(lines):
        message = f"CTT01 says {declared} lines, there are {len(lines)}"
        findings.append(Finding(Severity.WARNING, "line_count_differs", message, trailer.position, 1))
    return Stock852(
        control_number=transaction.control_number,
        start=parse_date(value(head, "start")),
        end=parse_date(value(head, "end")),
        parties=tuple(read_party(loop) for loop in root.loops("N1")),
        lines=lines,
        findings=tuple(findings),
    )


def read_lines(root: LoopNode) -> Iterator[Line852]:
    """A place holds for the parts that follow it, up to the next place."""
    place: X12Party | None = None
    for child in root.children:
        if isinstance(child, Segment):
            continue
        if child.id == "N1":
            place = read_party(child)
        elif child.id == "LIN":
            activities = tuple(read_activity(each.head) for each in child.loops("ZA"))
            yield Line852(place, pairs(child.head, "part_qualifier", "part"), activities, child.head.position)


def read_activity(segment: Segment) -> Activity852:
    return Activity852(value(segment, "activity"), parse_decimal(value(segment, "quantity")), value(segment, "unit"))
