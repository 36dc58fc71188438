"""The 940 warehouse shipping order: what we ask an outsourced site to ship, and on exactly which terms.

Terms without a place of their own in the 940 go into N9 references qualified ZZ (by agreement), the label in
N902 and the value in N903: REVISION, INCOTERM, NAMED PLACE, DUTY PAYER, DUTY ACCOUNT, CARRIER. The freight
account is N9 12 (billing account). Parties: SF ship from, ST ship to, IC intermediate consignee (the
re-shipper), PF party to receive the freight bill.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from exchange.x12.elements import value
from exchange.x12.findings import X12Error
from exchange.x12.interchange import TransactionSet
from exchange.x12.parties import X12Party, party_segments, read_party
from exchange.x12.segments import Segment
from exchange.x12.tree import LoopNode, parse_loops
from exchange.x12.values import format_date, format_decimal, parse_date, parse_decimal, parse_integer
from exchange.x12.writer import OutgoingSet, Row, wrapped

ORIGINAL, CHANGED, CANCELLED = "N", "R", "F"
"""Order status (element 473) in W0501."""

PREPAID, COLLECT, THIRD_PARTY = "PP", "CC", "TP"
"""Shipment method of payment (element 146): the shipper, the receiver or a third party pays the freight."""

ROLES = {"SF": "ship_from", "ST": "ship_to", "IC": "re_shipper", "PF": "freight_bill_to"}

_SHIP_DATE, _DELIVERY_DATE, _ACCOUNT, _BY_AGREEMENT = "10", "02", "12", "ZZ"
_NOTE_WIDTH, _NOTE_LINES, _DESCRIPTION_WIDTH, _DESCRIPTION_LINES = 80, 999, 45, 5


@dataclass(frozen=True, slots=True)
class Freight940:
    """`payment` element 146, `method` element 91 (M road, A air, U parcel, ...), `scac` two to four letters.

    The three payers stay three: `payment` and `account` are freight, `duty_payer` and `duty_account` duty.
    """

    payment: str
    method: str
    scac: str = ""
    carrier: str = ""
    service: str = ""
    account: str = ""
    incoterm: str = ""
    named_place: str = ""
    duty_payer: str = ""
    duty_account: str = ""


@dataclass(frozen=True, slots=True)
class Line940:
    """One line: our part (VP), the customer's part (BP) when known, quantity in `unit` (element 355)."""

    number: int
    part: str
    quantity: Decimal
    unit: str
    customer_part: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class ShipOrder940:
    """One ship request. Revision 1 is the original; a later one replaces all before it; `is_cancelled`
    withdraws it.
    """

    number: str
    revision: int
    po_number: str
    ship_from: X12Party
    ship_to: X12Party
    freight: Freight940
    lines: tuple[Line940, ...]
    ship_date: dt.date | None = None
    delivery_date: dt.date | None = None
    re_shipper: X12Party | None = None
    freight_bill_to: X12Party | None = None
    instructions: tuple[str, ...] = ()
    is_cancelled: bool = False


def write_940(order: ShipOrder940, control_number: str) -> OutgoingSet:
    """The set to put into an `OutgoingGroup("OW", ...)`. An instruction longer than 80 characters is split by
    words.
    """
    return OutgoingSet("940", control_number, tuple(_rows(order)))


def _rows(order: ShipOrder940) -> Iterable[Row]:
    status = CANCELLED if order.is_cancelled else ORIGINAL if order.revision == 1 else CHANGED
    yield ("W05", status, order.number, order.po_number)
    for qualifier, name in ROLES.items():
        yield from _party_rows(getattr(order, name), qualifier)
    yield from _reference_rows(order)
    if order.ship_date:
        yield ("G62", _SHIP_DATE, format_date(order.ship_date))
    if order.delivery_date:
        yield ("G62", _DELIVERY_DATE, format_date(order.delivery_date))
    for text in order.instructions:
        for piece in wrapped(text, _NOTE_WIDTH, _NOTE_LINES):
            yield ("NTE", "WHI", piece)
    freight = order.freight
    yield ("W66", freight.payment, freight.method, "", "", freight.service, "", "", "", "", freight.scac)
    for line in order.lines:
        yield from _line_rows(line)
    if len({line.unit for line in order.lines}) == 1:
        yield ("W76", format_decimal(sum((line.quantity for line in order.lines), Decimal())))


def _party_rows(party: X12Party | None, qualifier: str) -> Iterable[Row]:
    if party is None:
        return
    if party.qualifier != qualifier or party.references:
        message = f"The party {party.name!r} must have the role {qualifier}, and no references: a 940 has no place"
        raise X12Error("party", message)
    yield from party_segments(party)


def _reference_rows(order: ShipOrder940) -> Iterable[Row]:
    freight = order.freight
    if freight.account:
        yield ("N9", _ACCOUNT, freight.account)
    labelled = {
        "REVISION": str(order.revision),
        "INCOTERM": freight.incoterm,
        "NAMED PLACE": freight.named_place,
        "DUTY PAYER": freight.duty_payer,
        "DUTY ACCOUNT": freight.duty_account,
        "CARRIER": freight.carrier,
    }
    for label, text in labelled.items():
        if text:
            yield ("N9", _BY_AGREEMENT, label, text)


def _line_rows(line: Line940) -> Iterable[Row]:
    customer = ("BP", line.customer_part) if line.customer_part else ()
    yield ("LX", str(line.number))
    yield ("W01", format_decimal(line.quantity), line.unit, "", "VP", line.part, *customer)
    for piece in wrapped(line.description, _DESCRIPTION_WIDTH, _DESCRIPTION_LINES):
        yield ("G69", piece)


def read_940(transaction: TransactionSet) -> ShipOrder940:
    """Read back what `write_940` writes. Raises X12Error `wrong_set` or `incomplete`; not a reader of foreign
    940s.
    """
    if transaction.set_id != "940":
        raise X12Error("wrong_set", f"A shipping order is a 940, not a {transaction.set_id}", transaction.position)
    root = parse_loops(transaction).root
    head, labels = root.first("W05"), _labels(root)
    parties = {ROLES.get(party.qualifier): party for party in map(read_party, root.loops("N1"))}
    ship_from, ship_to = parties.get("ship_from"), parties.get("ship_to")
    if ship_from is None or ship_to is None:
        raise X12Error("incomplete", "The shipping order lacks its ship-from or ship-to", transaction.position)
    dates = {value(segment, "qualifier"): parse_date(value(segment, "date")) for segment in root.segments("G62")}
    return ShipOrder940(
        number=value(head, "order_number"),
        revision=parse_integer(labels.get("REVISION", "")) or 1,
        po_number=value(head, "po_number"),
        ship_from=ship_from,
        ship_to=ship_to,
        freight=_freight(root, labels),
        lines=tuple(_line(loop) for loop in root.loops("LX")),
        ship_date=dates.get(_SHIP_DATE),
        delivery_date=dates.get(_DELIVERY_DATE),
        re_shipper=parties.get("re_shipper"),
        freight_bill_to=parties.get("freight_bill_to"),
        instructions=tuple(value(segment, "text") for segment in root.segments("NTE")),
        is_cancelled=value(head, "status") == CANCELLED,
    )


def _labels(root: LoopNode) -> dict[str, str]:
    references = [segment for segment in root.segments("N9") if value(segment, "qualifier") == _BY_AGREEMENT]
    return {value(segment, "reference"): value(segment, "description") for segment in references}


def _freight(root: LoopNode, labels: dict[str, str]) -> Freight940:
    carrier = root.first("W66")
    accounts = (value(item, "reference") for item in root.segments("N9") if value(item, "qualifier") == _ACCOUNT)
    return Freight940(
        payment=value(carrier, "payment"),
        method=value(carrier, "method"),
        scac=value(carrier, "scac"),
        carrier=labels.get("CARRIER", ""),
        service=value(carrier, "routing"),
        account=next(accounts, ""),
        incoterm=labels.get("INCOTERM", ""),
        named_place=labels.get("NAMED PLACE", ""),
        duty_payer=labels.get("DUTY PAYER", ""),
        duty_account=labels.get("DUTY ACCOUNT", ""),
    )


def _line(loop: LoopNode) -> Line940:
    item = next(loop.loops("W01"), None)
    head = item.head if item else Segment("W01", ())
    quantity = parse_decimal(value(head, "quantity"))
    if item is None or quantity is None:
        raise X12Error("incomplete", "A line of the shipping order has no quantity", loop.head.position)
    return Line940(
        number=parse_integer(value(loop.head, "number")) or 0,
        part=value(head, "part"),
        quantity=quantity,
        unit=value(head, "unit"),
        customer_part=value(head, "part2"),
        description=" ".join(value(segment, "description") for segment in item.segments("G69")),
    )
