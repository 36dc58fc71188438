"""Orders moved by their real actions, from the moment they are booked."""

import datetime as dt
from decimal import Decimal
from itertools import count

from orders.actions.cancel_line import cancel_line
from orders.actions.change_price import change_price
from orders.actions.change_quantity import change_quantity
from orders.actions.context import Because, Occasion
from orders.actions.desk import open_desk, refresh_order, write
from orders.actions.issue_invoice import InvoicePart, issue_invoice
from orders.actions.set_commit import set_commit
from orders.actions.ship_schedules import ShipPart, ship_schedules
from orders.actions.split_schedule import split_schedule
from orders.actions.transfer_line import transfer_line
from orders.engine.quantities import book
from orders.models import Order, OrderLine, Schedule
from tests.fixtures import NOW
from tests.metrics.conftest import Cast
from tests.metrics.known_answer import FIRST

_serial = count(1)
REQUEST = dt.date(2026, 12, 1)


def on(day: dt.date, at: dt.datetime = NOW) -> Occasion:
    return Occasion(by=None, at=at, on=day, because=Because(reason_code="test", note="because the test says so"))


def booked_order(
    cast: Cast, quantity: int, price: str, *, day: dt.date, at: dt.datetime = NOW, rate: str = "1"
) -> Order:
    """One line of one schedule, booked through the desk."""
    number = f"R{next(_serial)}"
    order = Order.objects.create(
        number=number,
        sell_to=cast.sell_to,
        bill_to=cast.sell_to,
        customer_po=number,
        customer_po_key=number,
        currency="USD",
        order_date=day,
        entered_at=at,
    )
    line = OrderLine.objects.create(
        order=order, line_no=1, product=cast.product, end_buyer=cast.a, quantity=quantity, unit_price=Decimal(price)
    )
    Schedule.objects.create(order=order, line=line, number=1, quantity=quantity, request_date=REQUEST)
    desk = open_desk(order.pk)
    state = desk.state.lines[0]
    state.booking_rate = Decimal(rate)
    write(desk, book(desk.state, state), on(day, at), refresh=False)
    refresh_order(order)
    return order


def live_known_answer(cast: Cast) -> Order:
    """The domain's known answer by the real verbs, one a day."""
    day = [FIRST + dt.timedelta(days=n) for n in range(9)]
    order = booked_order(cast, 1000, "0.333333", day=day[0])
    line = order.lines.get()
    first = line.schedules.get()
    set_commit(order_id=order.pk, schedule_id=first.pk, to=REQUEST, occasion=on(day[0]))
    child = split_schedule(order_id=order.pk, schedule_id=first.pk, quantity=600, occasion=on(day[1]))
    change_quantity(order_id=order.pk, schedule_id=child.pk, quantity=1100, occasion=on(day[2]))
    change_price(order_id=order.pk, line_id=line.pk, unit_price=Decimal("0.30"), occasion=on(day[3]))
    cancel_line(order_id=order.pk, line_id=line.pk, schedule_id=child.pk, quantity=200, occasion=on(day[4]))
    parts = [ShipPart(first.pk, 400), ShipPart(child.pk, 300)]
    shipped = ship_schedules(order_id=order.pk, parts=parts, occasion=on(day[5]))
    bills = [InvoicePart(part.schedule_id, part.quantity, part.value) for part in shipped]
    issue_invoice(order_id=order.pk, parts=bills, occasion=on(day[6]))
    transfer_line(order_id=order.pk, line_id=line.pk, end_buyer_id=cast.b.pk, occasion=on(day[7]))
    set_commit(order_id=order.pk, schedule_id=child.pk, to=REQUEST + dt.timedelta(days=9), occasion=on(day[8]))
    return order
