from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from orders.actions.caps import capped_lines
from orders.actions.desk import Desk
from orders.actions.holds import new_hold
from orders.choices import HoldKind, LineStatus, OrderType
from orders.engine.state import LineState
from orders.facts import gather_ids
from orders.hold_rules import HoldFinding
from orders.models import Hold, OrderLine
from orders.resolve import price_lines
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
    changed = capped = in_lock_order([desk.rows[line.id] for line in lines])
    lost: list[OrderLine] = []
    while refused := [row for row in capped if not is_granted(row)]:
        lost += price_without_cap(desk, refused)
        # the agreement that is next best may have a cap of its own
        capped = in_lock_order([row for row in refused if row.unit_price is not None])
    lost_ids = {row.pk for row in lost}
    return Reserved(
        ready=[line for line in lines if line.id not in lost_ids],
        changed=changed,
        holds=[new_hold(row, CAP_GONE, at) for row in lost],
    )


def in_lock_order(rows: list[OrderLine]) -> list[OrderLine]:
    """Those that use a cap, by the line that is locked for it, so that two orders cannot wait for each other."""
    capped = capped_lines(rows)
    users = [row for row in rows if row.agreement_line_id in capped]
    return sorted(users, key=lambda row: capped[row.agreement_line_id or 0])


def is_granted(row: OrderLine) -> bool:
    """Takes the line's quantity from its agreement's cap when that holds it."""
    agreement_line_id = row.agreement_line_id or 0
    if not reserve_caps(wanted={agreement_line_id: row.quantity})[agreement_line_id]:
        return False
    row.reserved_qty = row.quantity
    return True


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
