from catalog.models import Product
from orders.actions.blankets import keep_blanket_in_step
from orders.actions.caps import keep_cap_in_step
from orders.actions.context import Occasion
from orders.actions.desk import Desk, open_desk, write
from orders.engine.quantities import decrease, increase
from orders.engine.state import Event, LineState, ScheduleState, VerbRefused
from orders.models import Order
from values.quantity import check_quantity


def change_quantity(
    *, order_id: int, schedule_id: int, quantity: int, occasion: Occasion, line_version: int | None = None
) -> Order:
    """Set a schedule's ordered quantity: more is a booking, less a decrease. Raises VerbRefused, StaleVersion.

    The line as a whole must stay a whole number of packages and at or above the product's minimum.
    """
    desk = open_desk(order_id)
    line = desk.line(desk.state.line_of(schedule_id).id, line_version)
    schedule = line.schedule(schedule_id)
    check_package(line, schedule, quantity)
    event = change(desk, line, schedule, quantity)
    write(desk, [event], occasion)
    keep_blanket_in_step(desk.order, desk.rows[line.id], event.quantity_delta, occasion.on)
    keep_cap_in_step(desk.order, desk.rows[line.id], event.quantity_delta)
    return desk.order


def change(desk: Desk, line: LineState, schedule: ScheduleState, quantity: int) -> Event:
    difference = quantity - schedule.quantity
    if difference > 0:
        return increase(desk.state, line, schedule, difference)
    if difference < 0:
        return decrease(desk.state, line, schedule, -difference)
    raise VerbRefused("That is the quantity already.", "quantity")


def check_package(line: LineState, schedule: ScheduleState, quantity: int) -> None:
    if quantity <= 0:
        raise VerbRefused("The quantity must be more than 0; to end a schedule, cancel it.", "quantity")
    product = Product.objects.get(pk=line.product_id)
    whole = line.quantity - schedule.quantity + quantity
    problem = check_quantity(whole, product.minimum_qty, product.multiple_qty)
    if problem:
        raise VerbRefused(problem.message, "quantity")
