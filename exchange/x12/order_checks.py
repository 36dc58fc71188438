"""What is wrong with a purchase order that could be read: what is missing, totals, what nobody interprets."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from exchange.x12.findings import Finding, Position, Severity
from exchange.x12.interchange import TransactionSet
from exchange.x12.order_values import Line850, PurchaseOrder850
from exchange.x12.tree import LoopNode, Tree
from exchange.x12.values import parse_date

HASH_DIGITS = 10

_MAPPED = {
    "850": {"BEG", "CUR", "REF", "DTM", "PER", "FOB", "TD5", "N1", "N9", "AMT", "PO1", "CTT"},
    "PO1": {"PO1", "CUR", "REF", "DTM", "FOB", "TD5", "MSG", "PID", "N1", "N9", "SCH"},
    "N1": {"N1", "N2", "N3", "N4", "REF", "PER"},
    "N9": {"N9", "MSG"},
    "PID": {"PID"},
    "SCH": {"SCH"},
    "AMT": {"AMT"},
    "CTT": {"CTT", "AMT"},
}
"""Which children of which loop the neutral values carry; the rest is reported as not interpreted."""

_CHANGES_THE_ORDER = frozenset({"SDQ", "SLN", "QTY", "SAC", "CTP", "LIN"})
"""Not interpreted, and able to change quantity, price, part or destination: worth a warning."""


def check_order(order: PurchaseOrder850, transaction: TransactionSet, findings: list[Finding]) -> PurchaseOrder850:
    """The order with all its findings, in the order of the file."""
    found = [*findings, *_header(order, transaction), *_totals(order), *_unmapped(order.tree)]
    for line in order.lines:
        found.extend(_line(line))
    found.extend(_repeated_numbers(order))
    found.sort(key=lambda finding: finding.position.segment if finding.position else 0)
    return replace(order, findings=tuple(found))


def _header(order: PurchaseOrder850, transaction: TransactionSet) -> Iterator[Finding]:
    beg = order.tree.root.first("BEG")
    if beg is None:
        yield Finding(Severity.ERROR, "beg_missing", "The BEG segment is missing", transaction.position)
        return
    if not order.po_number:
        message = "The purchase order number is missing"
        yield Finding(Severity.ERROR, "po_number_missing", message, beg.position, 3)
    if not order.purpose:
        message = "The purpose code is missing"
        yield Finding(Severity.WARNING, "purpose_missing", message, beg.position, 1)
    text = beg.get(5)
    if parse_date(text) is None:
        message = f"The purchase order date is not a date: {text[:40]!r}"
        yield Finding(Severity.WARNING, "po_date_invalid", message, beg.position, 5)
    if not order.lines:
        yield Finding(Severity.ERROR, "no_lines", "The order has no lines", beg.position)


def _line(line: Line850) -> Iterator[Finding]:
    item = line.number or str(line.ordinal)

    def finding(severity: Severity, code: str, message: str, element: int | None = None) -> Finding:
        return Finding(severity, code, message, line.position, element, item)

    if line.quantity is not None and line.quantity <= 0:
        message = f"The quantity must be more than zero, not {line.quantity}"
        yield finding(Severity.ERROR, "quantity_not_positive", message, 2)
    if line.price is not None and line.price < 0:
        yield finding(Severity.ERROR, "price_negative", f"The price is negative: {line.price}", 4)
    if not line.part_ids:
        yield finding(Severity.ERROR, "part_missing", "The line names no part", 6)
    scheduled = [schedule.quantity for schedule in line.schedules if schedule.quantity is not None]
    if scheduled and line.quantity is not None and sum(scheduled) != line.quantity:
        message = f"The schedules add up to {sum(scheduled)}, the line says {line.quantity}"
        yield finding(Severity.WARNING, "schedules_differ", message, 2)


def _repeated_numbers(order: PurchaseOrder850) -> Iterator[Finding]:
    uses = Counter(line.number for line in order.lines if line.number)
    for line in order.lines:
        if uses[line.number] > 1:
            message = f"Line number {line.number} occurs {uses[line.number]} times"
            yield Finding(Severity.WARNING, "line_number_repeated", message, line.position, 1, line.number)


def _totals(order: PurchaseOrder850) -> Iterator[Finding]:
    position = _totals_position(order)
    totals, lines = order.totals, order.lines
    if totals.line_count is not None and totals.line_count != len(lines):
        message = f"CTT01 says {totals.line_count} lines, there are {len(lines)}"
        yield Finding(Severity.WARNING, "line_count_differs", message, position, 1)
    quantities = [line.quantity for line in lines if line.quantity is not None]
    if totals.hash_total is not None and len(quantities) == len(lines):
        expected = {sum(quantities, Decimal()), _literal_hash(order)}
        if totals.hash_total not in expected:
            message = f"CTT02 says {totals.hash_total}, the quantities add up to {sum(quantities)}"
            yield Finding(Severity.WARNING, "hash_total_differs", message, position, 2)
    yield from _amount(order, position)


def _amount(order: PurchaseOrder850, position: Position | None) -> Iterator[Finding]:
    declared = dict(order.totals.amounts).get("TT")
    priced = [(line.quantity, line.unit_price) for line in order.lines]
    values = [quantity * price for quantity, price in priced if quantity is not None and price is not None]
    if declared is None or len(values) != len(priced) or sum(values) == declared:
        return
    # The amount may hold tax, freight and charges, so a difference proves nothing by itself.
    message = f"The total amount says {declared}, the lines add up to {sum(values)}"
    yield Finding(Severity.INFO, "amount_differs", message, position)


def _literal_hash(order: PurchaseOrder850) -> Decimal:
    """Element 347 to the letter: digits summed without decimal points and signs, cut to ten digits from the
    left.
    """
    total = 0
    for loop in order.tree.root.loops("PO1"):
        digits = "".join(mark for mark in loop.head.get(2) if mark in "0123456789")
        total += int(digits[:HASH_DIGITS] or 0)
    return Decimal(total % 10**HASH_DIGITS)


def _totals_position(order: PurchaseOrder850) -> Position | None:
    trailer = next(order.tree.root.loops("CTT"), None)
    return trailer.head.position if trailer else None


def _unmapped(tree: Tree) -> Iterator[Finding]:
    reported = {segment.number for segment in tree.unrecognised}
    seen: Counter[str] = Counter()
    first: dict[str, Finding] = {}
    for segment_id, position in _uninterpreted(tree.root, reported):
        seen[segment_id] += 1
        severity = Severity.WARNING if segment_id in _CHANGES_THE_ORDER else Severity.INFO
        message = f"{segment_id} was read and not interpreted"
        first.setdefault(segment_id, Finding(severity, "segment_not_interpreted", message, position))
    for segment_id, finding in first.items():
        count = f" ({seen[segment_id]} times)" if seen[segment_id] > 1 else ""
        yield replace(finding, message=finding.message + count)


def _uninterpreted(node: LoopNode, reported: set[int]) -> Iterator[tuple[str, Position]]:
    mapped = _MAPPED[node.id]
    for child in node.children:
        if isinstance(child, LoopNode):
            if child.id in mapped:
                yield from _uninterpreted(child, reported)
            else:
                yield child.id, child.head.position
        elif child.id not in mapped and child.number not in reported:
            yield child.id, child.position
