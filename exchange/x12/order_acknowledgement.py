"""The 855 purchase order acknowledgement: our answer to a buyer's order, line by line, with the dates we
commit to.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from exchange.x12.elements import pairs, value
from exchange.x12.findings import X12Error
from exchange.x12.interchange import TransactionSet
from exchange.x12.parties import X12Party, party_segments, read_party
from exchange.x12.references import Reference, read_reference
from exchange.x12.segments import Segment
from exchange.x12.tree import LoopNode, parse_loops
from exchange.x12.values import format_date, format_decimal, parse_date, parse_decimal
from exchange.x12.writer import OutgoingSet, Row


@dataclass(frozen=True, slots=True)
class LineStatus855:
    """ACK: what becomes of a quantity of the line, and when.

    `status` is element 668 (IA accepted, IB backordered, IC changed, DR date rescheduled, IP price changed,
    IQ quantity changed, IR rejected, ...), `date_qualifier` element 374 (067 scheduled delivery, 068
    scheduled shipment, ...).
    """

    status: str
    quantity: Decimal | None = None
    unit: str = ""
    date_qualifier: str = ""
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Line855:
    """One acknowledged line: `number` is the buyer's line number (PO101), `price` per `unit`."""

    number: str
    quantity: Decimal | None
    unit: str
    price: Decimal | None
    part_ids: tuple[tuple[str, str], ...]
    price_basis: str = ""
    description: str = ""
    statuses: tuple[LineStatus855, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderAcknowledgement855:
    """One 855. `purpose` is element 353 (00 original), `type` element 587 (AC detail and change, AD no
    change, ...).

    `order_number` is ours, `date` that of the acknowledgement, `total` the value of the order (AMT TT).
    """

    purpose: str
    type: str
    po_number: str
    po_date: dt.date | None
    lines: tuple[Line855, ...]
    order_number: str = ""
    date: dt.date | None = None
    currency: str = ""
    currency_entity: str = "SE"
    references: tuple[Reference, ...] = ()
    parties: tuple[X12Party, ...] = ()
    total: Decimal | None = None


def write_855(order: OrderAcknowledgement855, control_number: str) -> OutgoingSet:
    """The set to put into an `OutgoingGroup("PR", ...)`."""
    return OutgoingSet("855", control_number, tuple(_rows(order)))


def _rows(order: OrderAcknowledgement855) -> Iterable[Row]:
    po_date, date = format_date(order.po_date), format_date(order.date)
    head = ("BAK", order.purpose, order.type, order.po_number, po_date)
    yield (*head, "", "", "", order.order_number, date)
    if order.currency:
        yield ("CUR", order.currency_entity, order.currency)
    for reference in order.references:
        yield ("REF", reference.qualifier, reference.value, reference.description)
    for party in order.parties:
        yield from party_segments(party)
    for line in order.lines:
        yield from _line_rows(line)
    yield ("CTT", str(len(order.lines)))
    if order.total is not None:
        yield ("AMT", "TT", format_decimal(order.total))


def _line_rows(line: Line855) -> Iterable[Row]:
    parts = [text for pair in line.part_ids for text in pair]
    price = format_decimal(line.price)
    yield ("PO1", line.number, format_decimal(line.quantity), line.unit, price, line.price_basis, *parts)
    if line.description:
        yield ("PID", "F", "", "", "", line.description)
    for status in line.statuses:
        quantity, date = format_decimal(status.quantity), format_date(status.date)
        yield ("ACK", status.status, quantity, status.unit, status.date_qualifier, date)


def read_855(transaction: TransactionSet) -> OrderAcknowledgement855:
    """Read an acknowledgement, ours or another's. What is missing is empty or None. Raises X12Error
    `wrong_set`.
    """
    if transaction.set_id != "855":
        raise X12Error("wrong_set", f"An acknowledgement is an 855, not a {transaction.set_id}", transaction.position)
    root = parse_loops(transaction).root
    head, currency = root.first("BAK"), root.first("CUR")
    amounts = (
        value(amount, "amount")
        for loop in root.loops("CTT")
        for amount in loop.segments("AMT")
        if value(amount, "qualifier") == "TT"
    )
    return OrderAcknowledgement855(
        purpose=value(head, "purpose"),
        type=value(head, "type"),
        po_number=value(head, "po_number"),
        po_date=parse_date(value(head, "po_date")),
        lines=tuple(_line(loop) for loop in root.loops("PO1")),
        order_number=value(head, "seller_order"),
        date=parse_date(value(head, "date")),
        currency=value(currency, "currency"),
        currency_entity=value(currency, "entity") or "SE",
        references=tuple(read_reference(segment) for segment in root.segments("REF")),
        parties=tuple(read_party(loop) for loop in root.loops("N1")),
        total=parse_decimal(next(amounts, "")),
    )


def _line(loop: LoopNode) -> Line855:
    head = loop.head
    descriptions = (value(inner.head, "description") for inner in loop.loops("PID"))
    return Line855(
        number=value(head, "line"),
        quantity=parse_decimal(value(head, "quantity")),
        unit=value(head, "unit"),
        price=parse_decimal(value(head, "price")),
        part_ids=pairs(head, "part_qualifier", "part"),
        price_basis=value(head, "price_basis"),
        description=next(descriptions, ""),
        statuses=tuple(_status(inner.head) for inner in loop.loops("ACK")),
    )


def _status(segment: Segment) -> LineStatus855:
    return LineStatus855(
        status=value(segment, "status"),
        quantity=parse_decimal(value(segment, "quantity")),
        unit=value(segment, "unit"),
        date_qualifier=value(segment, "date_qualifier"),
        date=parse_date(value(segment, "date")),
    )
