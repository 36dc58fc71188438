"""Placing holds. What a hold means and who may release it stands in `orders.choices`."""

from collections.abc import Iterable
from datetime import datetime

from orders.choices import SCOPE_OF_HOLD
from orders.entry.hold_rules import HoldFinding
from orders.models import Hold, OrderLine


def new_hold(line: OrderLine, finding: HoldFinding, at: datetime) -> Hold:
    return Hold(
        order_id=line.order_id,
        line=line,
        kind=finding.kind,
        scope=SCOPE_OF_HOLD[finding.kind],
        message=finding.message[:300],
        placed_at=at,
    )


def place_holds(found: Iterable[tuple[OrderLine, HoldFinding]], at: datetime) -> int:
    """Write holds; one that is open on the line already stays as it is. Returns how many were asked for."""
    rows = [new_hold(line, finding, at) for line, finding in found]
    Hold.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
