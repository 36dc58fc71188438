from collections.abc import Sequence

from orders.actions.context import Occasion
from orders.actions.desk import open_desk, write
from orders.actions.ship_schedules import ShippedPart
from orders.engine.amounts import Amounts
from orders.engine.deliveries import unship


def unship_schedules(*, order_id: int, parts: Sequence[ShippedPart], occasion: Occasion) -> None:
    """Bring exactly what a shipment took back to backlog. Raises VerbRefused."""
    desk = open_desk(order_id)
    events = []
    for part in parts:
        line = desk.state.line_of(part.schedule_id)
        amounts = Amounts(part.quantity, part.value, part.reporting)
        events.append(unship(desk.state, line, line.schedule(part.schedule_id), amounts))
    write(desk, events, occasion)
