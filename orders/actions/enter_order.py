from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from orders.actions.desk import refresh_order
from orders.actions.holds import new_hold
from orders.checks import check_entry
from orders.choices import HoldScope, LineStatus, OrderStatus
from orders.entry import EntryRefused, LineEntry, OrderEntry, po_key
from orders.facts import Facts, gather
from orders.hold_rules import find_holds
from orders.models import Hold, Order, OrderLine, Schedule
from orders.resolve import Answers, resolve_lines
from tenancy.models import Member
from tenancy.numbering import next_number


@dataclass(frozen=True)
class Taken:
    """An order as it was just written, for a caller that goes on with it in the same transaction."""

    order: Order
    lines: list[OrderLine]
    schedules: list[Schedule]
    facts: Facts


def enter_order(*, entry: OrderEntry, by: Member | None, at: datetime) -> Order:
    """Take an order: check it, price and route every line, find its holds. Nothing is booked yet.

    Raises EntryRefused with every problem at its field; nothing is written then.
    """
    order = take_order(entry, by, at).order
    refresh_order(order)
    order.refresh_from_db()
    return order


def take_order(entry: OrderEntry, by: Member | None, at: datetime) -> Taken:
    """Write an order with its lines, schedules and holds; the order's own figures are left to the caller."""
    facts = gather(entry)
    problems = check_entry(entry, facts, facts.tenant.today(at))
    if problems:
        raise EntryRefused(problems)
    order = new_order(entry, by, at)
    lines = [new_line(order, number, line) for number, line in numbered(entry.lines)]
    answers = resolve_lines(order, lines, [min(part[1] for part in line.parts) for line in entry.lines], facts)
    first_order = same_po(order)
    order.number = f"SO-{entry.order_date:%y}-{next_number('order')}"
    order.save(force_insert=True)
    holds = insert_lines(order, lines, answers, facts, first_order, at)
    schedules = insert_schedules(lines, entry.lines)
    Hold.objects.bulk_create(holds)
    return Taken(order, lines, schedules, facts)


def new_order(entry: OrderEntry, by: Member | None, at: datetime) -> Order:
    return Order(
        sell_to_id=entry.sell_to_id,
        bill_to_id=entry.bill_to_id or entry.sell_to_id,
        customer_po=entry.customer_po.strip(),
        customer_po_key=po_key(entry.customer_po),
        order_type=entry.order_type,
        blanket_id=entry.blanket_id,
        currency=entry.currency,
        order_date=entry.order_date,
        source=entry.source,
        import_batch_id=entry.import_batch_id,
        default_end_buyer_id=entry.default_end_buyer_id,
        default_ship_to_id=entry.default_ship_to_id,
        default_request_date=entry.default_request_date,
        entered_by=by,
        entered_at=at,
    )


def numbered(lines: Sequence[LineEntry]) -> list[tuple[int, LineEntry]]:
    """Lines keep the numbers they bring; the others take the next free ones."""
    taken = {line.line_no for line in lines if line.line_no}
    free = (number for number in range(1, len(lines) + len(taken) + 1) if number not in taken)
    return [(line.line_no or next(free), line) for line in lines]


def new_line(order: Order, number: int, entry: LineEntry) -> OrderLine:
    return OrderLine(
        order=order,
        line_no=number,
        product_id=entry.product_id,
        customer_part=entry.customer_part,
        end_buyer_id=entry.end_buyer_id,
        reported_end_buyer=entry.reported_end_buyer,
        project=entry.project,
        ship_to_id=entry.ship_to_id or order.default_ship_to_id,
        reported_ship_to=entry.reported_ship_to,
        ship_from_id=entry.ship_from_id,
        quantity=entry.quantity,
        cited_agreement=entry.cited_agreement,
        customer_price=entry.customer_price,
        override_price=entry.override_price,
        override_reason=entry.override_reason,
    )


def same_po(order: Order) -> Order | None:
    """An earlier order, not cancelled, with this PO of this sell-to."""
    others = Order.objects.filter(sell_to_id=order.sell_to_id, customer_po_key=order.customer_po_key)
    return others.exclude(status=OrderStatus.CANCELLED).exclude(pk=order.pk).order_by("id").first()


def insert_lines(
    order: Order, lines: list[OrderLine], answers: Answers, facts: Facts, first_order: Order | None, at: datetime
) -> list[Hold]:
    """Insert the lines with their state; returns the holds to insert after them."""
    found = []
    for line, price, terms in zip(lines, answers.prices, answers.terms, strict=True):
        line.order_id = order.pk
        holds = list(find_holds(order, line, price, terms, facts, first_order))
        found.append(holds)
        rows = [new_hold(line, hold, at) for hold in holds]
        is_held = any(row.scope == HoldScope.BOOKING for row in rows)
        line.status = LineStatus.HELD if is_held else LineStatus.ENTERED
    OrderLine.objects.bulk_create(lines)
    return [new_hold(line, hold, at) for line, holds in zip(lines, found, strict=True) for hold in holds]


def insert_schedules(lines: Sequence[OrderLine], entries: Sequence[LineEntry]) -> list[Schedule]:
    return Schedule.objects.bulk_create(
        Schedule(order_id=line.order_id, line=line, number=number, quantity=quantity, request_date=request_date)
        for line, entry in zip(lines, entries, strict=True)
        for number, (quantity, request_date, _commit) in enumerate(entry.parts, start=1)
    )
