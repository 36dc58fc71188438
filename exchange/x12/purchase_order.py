"""Read an 850 purchase order. What is wrong in it becomes a finding at its place; only another set raises."""

from collections.abc import Iterable
from decimal import Decimal

from exchange.x12.elements import element_index, pairs, value
from exchange.x12.findings import Finding, Severity, X12Error
from exchange.x12.interchange import TransactionSet
from exchange.x12.order_checks import check_order
from exchange.x12.order_values import (
    Carrier850,
    Freight850,
    Line850,
    Party850,
    PurchaseOrder850,
    Schedule850,
    Totals850,
)
from exchange.x12.parties import read_contact, read_party
from exchange.x12.references import QualifiedDate, Reference, read_dates, read_reference
from exchange.x12.segments import Segment
from exchange.x12.tree import LoopNode, parse_loops
from exchange.x12.values import parse_date, parse_decimal, parse_integer

__all__ = ["Carrier850", "Freight850", "Line850", "Party850", "PurchaseOrder850", "Schedule850", "read_850"]


def read_850(transaction: TransactionSet) -> PurchaseOrder850:
    """The purchase order in a transaction set. Raises X12Error `wrong_set` for anything but an 850.

    Findings of severity error (no order number, no lines, a quantity that is no number, ...) mean that no
    order can be made as it is; warnings want a look; informations say what was read and not interpreted.
    """
    if transaction.set_id != "850":
        raise X12Error("wrong_set", f"A purchase order is an 850, not a {transaction.set_id}", transaction.position)
    tree = parse_loops(transaction)
    root = tree.root
    findings: list[Finding] = list(tree.findings)
    beg, currency = root.first("BEG"), root.first("CUR")
    order = PurchaseOrder850(
        control_number=transaction.control_number,
        purpose=value(beg, "purpose"),
        type=value(beg, "type"),
        po_number=value(beg, "po_number"),
        po_date=parse_date(value(beg, "po_date")),
        release_number=value(beg, "release_number"),
        contract_number=value(beg, "contract_number"),
        currency=value(currency, "currency"),
        currency_entity=value(currency, "entity"),
        references=_references(root),
        dates=read_dates(root.segments("DTM"), findings),
        contacts=tuple(read_contact(segment) for segment in root.segments("PER")),
        parties=tuple(read_party(loop) for loop in root.loops("N1")),
        messages=_messages(root),
        carriers=tuple(_carrier(segment) for segment in root.segments("TD5")),
        freight=tuple(_freight(segment) for segment in root.segments("FOB")),
        lines=tuple(_line(loop, at, findings) for at, loop in enumerate(root.loops("PO1"), start=1)),
        totals=_totals(root, findings),
        findings=(),
        tree=tree,
    )
    return check_order(order, transaction, findings)


def _line(loop: LoopNode, ordinal: int, findings: list[Finding]) -> Line850:
    head = loop.head
    number = value(head, "line")
    item = number or str(ordinal)
    if not value(head, "quantity") and not any(loop.loops("SCH")):
        message = "The line has no quantity"
        findings.append(Finding(Severity.ERROR, "quantity_missing", message, head.position, 2, item))
    return Line850(
        ordinal=ordinal,
        number=number,
        quantity=_number(head, "quantity", findings, item),
        unit=value(head, "unit"),
        price=_number(head, "price", findings, item),
        price_basis=value(head, "price_basis"),
        part_ids=pairs(head, "part_qualifier", "part"),
        position=head.position,
        currency=value(loop.first("CUR"), "currency"),
        descriptions=tuple(value(pid.head, "description") for pid in loop.loops("PID")),
        references=_references(loop),
        dates=read_dates(loop.segments("DTM"), findings, item),
        parties=tuple(read_party(inner) for inner in loop.loops("N1")),
        messages=_messages(loop),
        schedules=tuple(_schedule(inner.head, findings, item) for inner in loop.loops("SCH")),
        carriers=tuple(_carrier(segment) for segment in loop.segments("TD5")),
        freight=tuple(_freight(segment) for segment in loop.segments("FOB")),
    )


def _schedule(segment: Segment, findings: list[Finding], item: str) -> Schedule850:
    dates = []
    for qualifier, name in (("date_qualifier", "date"), ("date_qualifier2", "date2")):
        text = value(segment, name)
        if not text and name == "date2":
            continue
        when = parse_date(text)
        if when is None:
            message = f"The schedule's date is not a date: {text[:40]!r}"
            place = element_index("SCH", name)
            findings.append(Finding(Severity.WARNING, "date_invalid", message, segment.position, place, item))
        dates.append(QualifiedDate(value(segment, qualifier), when))
    quantity = _number(segment, "quantity", findings, item)
    return Schedule850(quantity, value(segment, "unit"), tuple(dates), segment.position)


def _totals(root: LoopNode, findings: list[Finding]) -> Totals850:
    trailer = next(root.loops("CTT"), None)
    amounts = [loop.head for loop in root.loops("AMT")]
    ctt = None
    if trailer is not None:
        ctt = trailer.head
        amounts.extend(trailer.segments("AMT"))
    count = value(ctt, "line_count")
    if ctt is not None and count and parse_integer(count) is None:
        message = f"CTT01 is not a whole number: {count[:40]!r}"
        findings.append(Finding(Severity.WARNING, "count_invalid", message, ctt.position, 1))
    read = ((value(amount, "qualifier"), _number(amount, "amount", findings, "")) for amount in amounts)
    return Totals850(
        line_count=parse_integer(count),
        hash_total=_number(ctt, "hash_total", findings, "") if ctt is not None else None,
        amounts=tuple((qualifier, amount) for qualifier, amount in read if amount is not None),
    )


def _number(segment: Segment, name: str, findings: list[Finding], item: str) -> Decimal | None:
    text = value(segment, name)
    if not text:
        return None
    number = parse_decimal(text)
    if number is None:
        # A quantity or price that cannot be read must not be guessed; a total is only a check.
        severity = Severity.ERROR if item else Severity.WARNING
        message = f"The {name.replace('_', ' ')} is not a number: {text[:40]!r}"
        place = element_index(segment.id, name)
        findings.append(Finding(severity, f"{name}_invalid", message, segment.position, place, item))
    return number


def _references(loop: LoopNode) -> tuple[Reference, ...]:
    heads: Iterable[Segment] = (inner.head for inner in loop.loops("N9"))
    return tuple(read_reference(segment) for segment in (*loop.segments("REF"), *heads))


def _messages(loop: LoopNode) -> tuple[str, ...]:
    own = [value(segment, "text") for segment in loop.segments("MSG")]
    noted = [value(segment, "text") for inner in loop.loops("N9") for segment in inner.segments("MSG")]
    return tuple(own + noted)


def _carrier(segment: Segment) -> Carrier850:
    return Carrier850(
        value(segment, "id_qualifier"),
        value(segment, "id"),
        value(segment, "method"),
        value(segment, "routing"),
    )


def _freight(segment: Segment) -> Freight850:
    return Freight850(
        value(segment, "method"),
        value(segment, "terms_qualifier"),
        value(segment, "terms"),
        value(segment, "description"),
        value(segment, "title_place"),
    )
