from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from orders.actions.desk import refresh_order
from orders.actions.holds import new_hold
from orders.choices import HoldScope, LineStatus
from orders.entry import EntryRefused, LineEntry, OrderEntry, po_key
from orders.entry.checks import check_entry
from orders.entry.facts import Facts, gather
from orders.entry.hold_rules import find_holds
from orders.entry.resolve import Answers, resolve_lines
from orders.models import Hold, Order, OrderLine, Schedule
from tenancy.models import Member
from tenancy.prepared import fetch_prepared
from tenancy.scope import current_tenant_id
from values.rows import as_json
from values.sql import load


@dataclass(frozen=True)
class Draft:
    """An order with everything that goes with it, checked, priced and routed, with its ids, and not written yet."""

    order: Order
    lines: list[OrderLine]
    schedules: list[Schedule]
    holds: list[Hold]
    facts: Facts


def enter_order(*, entry: OrderEntry, by: Member | None, at: datetime) -> Order:
    """Take an order: check it, price and route every line, find its holds. Nothing is booked yet.

    Raises EntryRefused with every problem at its field; nothing is written then.
    """
    draft = draft_order(entry, by, at)
    write_draft(draft)
    refresh_order(draft.order)
    return draft.order


def draft_order(entry: OrderEntry, by: Member | None, at: datetime) -> Draft:
    """Raises EntryRefused with every problem at its field. Nothing is written; a number is taken."""
    facts = gather(entry)
    problems = check_entry(entry, facts, facts.tenant.today(at))
    if problems:
        raise EntryRefused(problems)
    order = new_order(entry, by, at)
    lines = [new_line(order, number, line) for number, line in numbered(entry.lines)]
    answers = resolve_lines(order, lines, [min(part[1] for part in line.parts) for line in entry.lines], facts)
    first_order = same_po(order)
    schedules = new_schedules(lines, entry.lines)
    take_number(order)
    take_line_ids(order, lines, schedules)
    holds = find_all_holds(order, lines, answers, facts, first_order, at)
    return Draft(order, lines, schedules, holds, facts)


def find_all_holds(
    order: Order, lines: list[OrderLine], answers: Answers, facts: Facts, first_order: Order | None, at: datetime
) -> list[Hold]:
    """Holds to insert after the lines; each line's status is set by its own."""
    holds = []
    for line, price, terms in zip(lines, answers.prices, answers.terms, strict=True):
        found = [new_hold(line, hold, at) for hold in find_holds(order, line, price, terms, facts, first_order)]
        is_held = any(hold.scope == HoldScope.BOOKING for hold in found)
        line.status = LineStatus.HELD if is_held else LineStatus.ENTERED
        holds += found
    return holds


def write_draft(draft: Draft) -> None:
    """Insert the rows as they are now; the order's own figures are left to `refresh_order`."""
    fetch_prepared(load("orders", "insert_order"), {"rows": as_json([row_of(draft.order)])})
    write_new_lines(draft.lines, draft.schedules, draft.holds)


def write_new_lines(lines: Sequence[OrderLine], schedules: Sequence[Schedule], holds: Sequence[Hold]) -> None:
    fetch_prepared(load("orders", "insert_lines"), {"rows": as_json(map(row_of, lines))})
    fetch_prepared(load("orders", "insert_schedules"), {"rows": as_json(map(row_of, schedules))})
    Hold.objects.bulk_create(holds)


def row_of(instance: Order | OrderLine | Schedule) -> dict[str, Any]:
    return {str(field.column): getattr(instance, field.attname) for field in instance._meta.concrete_fields}


def new_order(entry: OrderEntry, by: Member | None, at: datetime) -> Order:
    return Order(
        sell_to_id=entry.sell_to_id,
        bill_to_id=entry.bill_to_id or entry.sell_to_id,
        customer_po=entry.customer_po.strip(),
        customer_po_key=po_key(entry.customer_po),
        order_type=entry.order_type,
        blanket_id=entry.blanket_id,
        valid_to=entry.valid_to,
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
        blanket_line_id=entry.blanket_line_id,
        blanket_qty=entry.quantity if entry.blanket_line_id else 0,
        customer_price=entry.customer_price,
        override_price=entry.override_price,
        override_reason=entry.override_reason,
    )


def new_schedules(lines: Sequence[OrderLine], entries: Sequence[LineEntry]) -> list[Schedule]:
    return [
        Schedule(line=line, number=number, quantity=quantity, request_date=request_date)
        for line, entry in zip(lines, entries, strict=True)
        for number, (quantity, request_date, _commit) in enumerate(entry.parts, start=1)
    ]


def take_number(order: Order) -> None:
    number, order.pk = fetch_prepared(load("orders", "new_order_id"), {})[0]
    order.number = f"SO-{order.order_date:%y}-{number}"


def take_line_ids(order: Order, lines: Sequence[OrderLine], schedules: Sequence[Schedule]) -> None:
    """Ids before rows: the whole order can then be worked out in memory and written once."""
    taken = fetch_prepared(load("orders", "new_line_ids"), {"lines": len(lines), "schedules": len(schedules)})
    line_ids, schedule_ids = taken[0]
    for line, line_id in zip(lines, line_ids, strict=True):
        line.pk, line.order_id = line_id, order.pk
    for schedule, schedule_id in zip(schedules, schedule_ids, strict=True):
        schedule.pk, schedule.order_id, schedule.line_id = schedule_id, order.pk, schedule.line.pk


def same_po(order: Order) -> Order | None:
    """An earlier order, not cancelled, with this PO of this sell-to; id and number are all that is read."""
    found = fetch_prepared(
        load("orders", "same_po"),
        {
            "tenant": current_tenant_id(),
            "sell_to": order.sell_to_id,
            "po_key": order.customer_po_key,
            "but": order.pk,
            "blanket": order.blanket_id,
        },
    )
    return Order.from_db(connection.alias, ["id", "number"], found[0]) if found else None
