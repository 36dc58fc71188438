from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from orders.actions.caps import capped_lines
from orders.actions.desk import Desk
from orders.actions.holds import new_hold
from orders.choices import HoldKind, LineStatus, OrderType
from orders.engine.state import LineState
from orders.entry.facts import gather_ids
from orders.entry.hold_rules import HoldFinding
from orders.entry.resolve import price_lines
from orders.models import Hold, OrderLine
from pricing.actions.reserve_caps import reserve_caps

CAP_GONE = HoldFinding(HoldKind.NO_PRICE, "The agreement's cap was used up meanwhile and no other price applies.")


@dataclass(frozen=True)
class Reserved:
    """Lines that may be booked, rows that changed on the way (not written yet), and holds to place."""

    ready: list[LineState]
    changed: list[OrderLine] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)


def reserve(desk: Desk, lines: Sequence[LineState], at: datetime) -> Reserved:
    """Take the quantities from the caps of direct agreements; rows and states are changed in memory only.

    Somebody may have taken what was left since the line was priced: it is then priced anew, without that agreement,
    and stays unbooked when that leaves it without a price.
    """
    if desk.order.order_type == OrderType.BLANKET:
        return Reserved(ready=list(lines))
    rows = [desk.rows[line.id] for line in lines]
    changed = rows_with_a_cap(rows)
    lost = take_caps(desk, changed)
    lost_ids = {row.pk for row in lost}
    return Reserved(
        ready=[line for line in lines if line.id not in lost_ids],
        changed=changed,
        holds=[new_hold(row, CAP_GONE, at) for row in lost],
    )


def take_caps(desk: Desk, rows: list[OrderLine]) -> list[OrderLine]:
    """Those that are left without a price; all others have what they ask for.

    What is next best may be a cap that other orders lock before those that are held here by then: so all are let go
    and asked for anew, and two orders cannot wait for each other.
    """
    lost: list[OrderLine] = []
    capped = rows
    while capped:
        with transaction.atomic():
            refused = refused_of(capped)
            if not refused:
                break
            lost += price_without_cap(desk, refused)
            transaction.set_rollback(True)
        capped = rows_with_a_cap(rows)
    for row in capped:
        row.reserved_qty = row.quantity
    return lost


def rows_with_a_cap(rows: list[OrderLine]) -> list[OrderLine]:
    capped = capped_lines(rows)
    return [row for row in rows if row.agreement_line_id in capped]


def refused_of(rows: list[OrderLine]) -> list[OrderLine]:
    """Those whose agreement's cap does not hold their quantity: the first that asks gets it."""
    wanted: Counter[int] = Counter()
    for row in rows:
        wanted[row.agreement_line_id or 0] += row.quantity
    granted = reserve_caps(wanted=wanted)
    doubtful = [row for row in rows if not granted[row.agreement_line_id or 0]]
    return [row for row in doubtful if not is_granted(row)]


def is_granted(row: OrderLine) -> bool:
    agreement_line_id = row.agreement_line_id or 0
    return bool(reserve_caps(wanted={agreement_line_id: row.quantity})[agreement_line_id])


def price_without_cap(desk: Desk, refused: list[OrderLine]) -> list[OrderLine]:
    """Those that are left without a price."""
    facts = gather_ids(parties=[], products=[row.product_id for row in refused], locations={})
    requests = [min(each.request_date for each in desk.state.line(row.pk).schedules) for row in refused]
    price_lines(desk.order, refused, requests, facts)
    lost = [row for row in refused if row.unit_price is None]
    for row in refused:
        desk.state.line(row.pk).unit_price = row.unit_price
    for row in lost:
        row.status = desk.state.line(row.pk).status = LineStatus.HELD
    return lost
