"""Orders told day by day through the real actions, for what delivery performance makes of them."""

import datetime as dt
from decimal import Decimal
from itertools import count

from orders.actions.context import Because, Occasion
from orders.actions.desk import open_desk, refresh_order, write
from orders.engine.quantities import book
from orders.models import Order, OrderLine, Schedule
from tests.metrics.conftest import Cast

_serial = count(1)
_minutes = count(1)


def on(day: dt.date, initiator: str = "us") -> Occasion:
    """Recorded on the day itself, each a minute after the one told before."""
    at = dt.datetime.combine(day, dt.time(6), dt.UTC) + dt.timedelta(seconds=next(_minutes))
    return Occasion(by=None, at=at, on=day, because=Because(initiator=initiator, reason_code="test", note="a test"))


def told_order(
    cast: Cast,
    quantity: int,
    request: dt.date,
    *,
    day: dt.date,
    basis: str = "ship",
    kind: str = "standard",
    **line: object,
) -> Schedule:
    """One booked line of one schedule. `line` takes ship_from, ship_to and end_buyer."""
    number = f"D{next(_serial)}"
    at = dt.datetime.combine(day, dt.time(5), dt.UTC)
    order = Order.objects.create(
        number=number, sell_to=cast.sell_to, bill_to=cast.sell_to, customer_po=number, customer_po_key=number,
        currency="USD", order_date=day, order_type=kind, entered_at=at,
    )  # fmt: skip
    given = {"product": cast.product, "end_buyer": cast.a, "quantity": quantity, "unit_price": Decimal(1), **line}
    made = OrderLine.objects.create(order=order, line_no=1, **given)
    schedule = Schedule.objects.create(
        order=order, line=made, number=1, quantity=quantity, request_date=request, date_basis=basis
    )
    desk = open_desk(order.pk)
    desk.state.lines[0].booking_rate = Decimal(1)
    write(desk, book(desk.state, desk.state.lines[0]), on(day), refresh=False)
    refresh_order(order)
    return schedule
