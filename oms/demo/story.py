"""A few months at the order desk, told through the real actions: entered, committed, moved, split, shipped, billed."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from fulfilment.actions.bill_shipment import bill_shipment
from fulfilment.actions.confirm_shipment import AnswerLine, DockAnswer, confirm_shipment
from fulfilment.actions.record_delivery import record_delivery
from fulfilment.actions.release_schedules import ReleasePart, release_schedules
from fulfilment.models import ShipRequest
from oms.demo.masters import Masters
from oms.demo.scale import SCALES
from orders.actions.cancel_line import cancel_line
from orders.actions.change_quantity import change_quantity
from orders.actions.context import Because, Occasion
from orders.actions.enter_and_book import enter_and_book
from orders.actions.move_request import move_request
from orders.actions.set_commit import set_commit
from orders.actions.split_schedule import split_schedule
from orders.choices import Initiator, LineStatus
from orders.entry import LineEntry, OrderEntry
from orders.models import Order, OrderLine, Schedule
from parties.models import Party
from tenancy.models import Member, Tenant

DAY = dt.timedelta(days=1)
# no shipment comes before everything else that happens to an order
UNDISTURBED = 16 * DAY
LATE_REASONS = ("material", "yield", "transport")


@dataclass
class Teller:
    """Whose story it is. `chance` is seeded: the same seed tells the same story."""

    masters: Masters
    people: dict[str, Member]
    tenant: Tenant
    chance: Random
    today: dt.date

    def occasion(self, day: dt.date, role: str = "sales_ops", **because: str) -> Occasion:
        at = dt.datetime.combine(
            day, dt.time(9 + self.chance.randrange(8), self.chance.randrange(60)), self.tenant.zone
        )
        return Occasion(self.people[role], at, day, Because(**because))


def tell_story(masters: Masters, people: dict[str, Member], tenant: Tenant, seed: int, today: dt.date) -> int:
    """Orders of the last months for the tenant in scope; returns how many."""
    # the demo's dice must fall the same way every time; nothing secret hangs on them
    teller = Teller(masters, people, tenant, Random(seed), today)  # noqa: S311  the same story for the same seed
    scale = SCALES["small"]
    for number in range(scale.orders):
        entered = today - DAY * (scale.days * (scale.orders - number) // scale.orders - 1)
        order = enter(teller, number, min(entered, today))
        if order.status != "held":
            live(teller, order)
    return scale.orders


def enter(teller: Teller, number: int, day: dt.date) -> Order:
    chance, masters = teller.chance, teller.masters
    sell_to = masters.sell_tos[chance.randrange(len(masters.sell_tos))]
    wanted = workday(day + DAY * (21 + chance.randrange(42)))
    lines = tuple(line(teller, sell_to, wanted) for _ in range(1 + chance.randrange(4)))
    entry = OrderEntry(
        sell_to_id=sell_to.pk,
        customer_po=f"{sell_to.code[:3]}-{770_000 + number * 13}",
        order_date=day,
        currency=sell_to.currency,
        lines=lines,
        default_ship_to_id=masters.ship_tos[sell_to.pk].pk,
        accept_old_dates=True,
    )
    return enter_and_book(entry=entry, occasion=teller.occasion(day, initiator=Initiator.CUSTOMER)).order


def line(teller: Teller, sell_to: Party, wanted: dt.date) -> LineEntry:
    chance, masters = teller.chance, teller.masters
    number = chance.randrange(len(masters.products))
    product = masters.products[number]
    end_buyer = masters.end_buyers[chance.randrange(len(masters.end_buyers))]
    return LineEntry(
        product_id=product.pk,
        quantity=product.multiple_qty * (1 + chance.randrange(6)),
        request_date=wanted + DAY * 14 * (chance.random() < 0.25),
        end_buyer_id=end_buyer.pk,
        ship_to_id=masters.ship_tos[sell_to.pk].pk,
        ship_from_id=(masters.second_site if number % 5 == 3 else masters.site).pk,
        # now and then the customer's PO says another price: that line waits on a hold
        customer_price=None if chance.random() > 0.03 else Decimal(1),
    )


def live(teller: Teller, order: Order) -> None:
    """What happens to a booked order until today."""
    day = order.order_date + DAY * (1 + teller.chance.randrange(3))
    if day <= teller.today:
        promise(teller, order, day)
    day += DAY * (4 + teller.chance.randrange(8))
    if day <= teller.today:
        disturb(teller, order, day)
    for promised in sorted({promised_day(each) for each in open_schedules(order)}):
        leave = max(promised + delay(teller, order), order.order_date + UNDISTURBED)
        if leave + DAY <= teller.today:
            explain(teller, order, promised, leave)
            deliver(teller, order, promised, leave)


def promise(teller: Teller, order: Order, day: dt.date) -> None:
    """Nearly always for the day that was asked for, or a week later."""
    slip = teller.chance.choice((0, 0, 0, 0, 0, 0, 0, 0, 0, 7))
    for schedule in open_schedules(order):
        if teller.chance.random() < 0.05:
            continue
        to = schedule.request_date + DAY * slip
        set_commit(order_id=order.pk, schedule_id=schedule.pk, to=to, occasion=teller.occasion(day))


def disturb(teller: Teller, order: Order, day: dt.date) -> None:
    """One thing in three orders: a move, a split, another quantity, a cancel."""
    schedules = [each for each in open_schedules(order) if each.quantity > each.line.product.multiple_qty]
    if not schedules or teller.chance.random() > 0.5:
        return
    schedule = teller.chance.choice(schedules)
    happening = teller.chance.choice(
        (slip_commit, slip_commit, ask_later, split_in_two, order_more, order_less, give_up)
    )
    happening(teller, order, schedule, day)


def slip_commit(teller: Teller, order: Order, schedule: Schedule, day: dt.date) -> None:
    to = workday((schedule.current_commit or schedule.request_date) + DAY * (3 + teller.chance.randrange(12)))
    occasion = teller.occasion(day, initiator=Initiator.SUPPLIER, reason_code="capacity", note="Assembly capacity")
    set_commit(order_id=order.pk, schedule_id=schedule.pk, to=to, occasion=occasion)


def ask_later(teller: Teller, order: Order, schedule: Schedule, day: dt.date) -> None:
    to = schedule.request_date + DAY * (7 + teller.chance.randrange(28))
    occasion = teller.occasion(day, initiator=Initiator.CUSTOMER, reason_code="push_out")
    move_request(order_id=order.pk, schedule_id=schedule.pk, to=to, occasion=occasion)


def split_in_two(teller: Teller, order: Order, schedule: Schedule, day: dt.date) -> None:
    multiple = schedule.line.product.multiple_qty
    occasion = teller.occasion(day, initiator=Initiator.CUSTOMER)
    later = schedule.request_date + DAY * 14
    split_schedule(order_id=order.pk, schedule_id=schedule.pk, quantity=multiple, occasion=occasion, request_date=later)


def order_more(teller: Teller, order: Order, schedule: Schedule, day: dt.date) -> None:
    more = schedule.quantity + schedule.line.product.multiple_qty
    occasion = teller.occasion(day, initiator=Initiator.CUSTOMER)
    change_quantity(order_id=order.pk, schedule_id=schedule.pk, quantity=more, occasion=occasion)


def order_less(teller: Teller, order: Order, schedule: Schedule, day: dt.date) -> None:
    less = schedule.quantity - schedule.line.product.multiple_qty
    occasion = teller.occasion(day, initiator=Initiator.CUSTOMER, reason_code="forecast")
    change_quantity(order_id=order.pk, schedule_id=schedule.pk, quantity=less, occasion=occasion)


def give_up(teller: Teller, order: Order, schedule: Schedule, day: dt.date) -> None:
    occasion = teller.occasion(day, initiator=Initiator.CUSTOMER, reason_code="project_moved", note="Project moved")
    cancel_line(order_id=order.pk, line_id=schedule.line_id, occasion=occasion)


def workday(day: dt.date) -> dt.date:
    """The day itself, or the Monday after it."""
    return day + DAY * (7 - day.weekday()) if day.weekday() > 4 else day


def promised_day(schedule: Schedule) -> dt.date:
    return schedule.current_commit or schedule.request_date


def delay(teller: Teller, order: Order) -> dt.timedelta:
    """Most leave on their day or the day before; every third distributor is served worse."""
    dice, sell_tos = teller.chance.random(), teller.masters.sell_tos
    is_worse = next(number for number, each in enumerate(sell_tos) if each.pk == order.sell_to_id) % 3 == 2
    if dice < (0.2 if is_worse else 0.04):
        return DAY * (3 + teller.chance.randrange(8))
    return DAY * (-7 if dice > 0.985 else -1 if dice > 0.7 else 0)


def explain(teller: Teller, order: Order, promised: dt.date, leave: dt.date) -> None:
    """What misses its day is promised anew the day after, and why is told with it."""
    if leave <= promised + DAY:
        return
    reason = teller.chance.choice(LATE_REASONS)
    for schedule in open_schedules(order):
        if schedule.current_commit == promised:
            occasion = teller.occasion(promised + DAY, initiator=Initiator.SUPPLIER, reason_code=reason)
            set_commit(order_id=order.pk, schedule_id=schedule.pk, to=leave, occasion=occasion)


def deliver(teller: Teller, order: Order, promised: dt.date, day: dt.date) -> None:
    """Release what is free of what was promised for a day, let the dock answer, record the arrival, bill."""
    held = set(order.holds.filter(released_at__isnull=True).values_list("line_id", flat=True))
    parts = [
        ReleasePart(each.pk)
        for each in open_schedules(order)
        if each.line_id not in held and promised_day(each) in (promised, day)
    ]
    if not parts:
        return
    for request in release_schedules(
        order_id=order.pk, parts=parts, occasion=teller.occasion(day - DAY), print_packet=False
    ):
        if teller.chance.random() < 0.96:
            answer(teller, request, day)


def answer(teller: Teller, request: ShipRequest, day: dt.date) -> None:
    lines = tuple(AnswerLine(each.pk, each.quantity) for each in request.lines.order_by("position"))
    wrong = teller.chance.random() < 0.05
    said = DockAnswer(
        ship_request_id=request.pk,
        ship_date=day,
        lines=lines,
        tracking=f"{teller.chance.randrange(10**9, 10**10)}",
        # once in a while a dock ships on its own account: an exception to clear
        account_number="000000000" if wrong else "",
    )
    shipment = confirm_shipment(answer=said, occasion=teller.occasion(day, "dock"))
    arrived = day + DAY * (2 + teller.chance.randrange(3))
    if arrived <= teller.today:
        record_delivery(shipment_id=shipment.pk, delivered=arrived, occasion=teller.occasion(arrived))
        bill_shipment(shipment_id=shipment.pk, occasion=teller.occasion(arrived, "finance"))


def open_schedules(order: Order) -> list[Schedule]:
    booked = OrderLine.objects.filter(order=order, status=LineStatus.BOOKED).values("pk")
    found = Schedule.objects.filter(order=order, open_qty__gt=0, line_id__in=booked)
    return list(found.select_related("line__product").order_by("pk"))
