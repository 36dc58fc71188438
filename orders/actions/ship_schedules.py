from collections.abc import Sequence
from dataclasses import dataclass

from orders.actions.context import Occasion
from orders.actions.desk import open_desk, write
from orders.actions.order_types import require_type
from orders.choices import SHIPPING_TYPES, Verb
from orders.engine.deliveries import ship


@dataclass(frozen=True)
class ShipPart:
    """`source_key` names what asked for it (a shipment line): the same asked twice is refused by the ledger."""

    schedule_id: int
    quantity: int
    source_key: str | None = None


@dataclass(frozen=True)
class ShippedPart:
    """What left: `value` in minor units, `reporting` the same in the tenant's currency or None."""

    schedule_id: int
    quantity: int
    value: int
    reporting: int | None


def ship_schedules(*, order_id: int, parts: Sequence[ShipPart], occasion: Occasion) -> list[ShippedPart]:
    """Take shipped quantities from backlog; an over-shipment first books the excess.

    Returns one ShippedPart per part, in order. Raises VerbRefused, WrongOrderType for a blanket.
    """
    desk = open_desk(order_id)
    require_type(desk.order, SHIPPING_TYPES, "a blanket order does not ship, its releases do.")
    events, keys, shipped = [], [], []
    for part in parts:
        line = desk.state.line_of(part.schedule_id)
        told = ship(desk.state, line, line.schedule(part.schedule_id), part.quantity, occasion.on)
        events += told
        keys += [part.source_key if event.verb == Verb.SHIPPED else None for event in told]
        last = told[-1]
        reporting = None if last.reporting_delta is None else -last.reporting_delta
        shipped.append(ShippedPart(part.schedule_id, part.quantity, -last.value_delta, reporting))
    write(desk, events, occasion, source_keys=keys)
    return shipped
