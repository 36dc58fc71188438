"""A blanket and the orders that release from it, seen from either side."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Sum

from orders.choices import OrderStatus, OrderType
from orders.models import Order, OrderLine, Schedule
from values.money import part_value


@dataclass(frozen=True)
class Release:
    order: Order
    quantity: int


@dataclass(frozen=True)
class Blanket:
    """What became of a blanket: minor units of its currency; `left` at the blanket's own prices."""

    releases: list[Release]
    quantity: int
    released_qty: int
    released: int
    left: int
    is_over: bool

    @property
    def left_qty(self) -> int:
        return self.quantity - self.released_qty


def blanket_of(order: Order, today: dt.date) -> Blanket | None:
    if order.order_type != OrderType.BLANKET:
        return None
    schedules = list(Schedule.objects.filter(order=order, open_qty__gt=0))
    releases = releases_of(order)
    return Blanket(
        releases=releases,
        quantity=sum(each.open_qty for each in schedules),
        released_qty=sum(each.released_qty for each in schedules),
        released=sum(each.order.value for each in releases if each.order.status != OrderStatus.CANCELLED),
        left=sum(part_value(each.open_value, each.open_qty - each.released_qty, each.open_qty) for each in schedules),
        is_over=bool(order.valid_to and order.valid_to < today),
    )


def releases_of(order: Order) -> list[Release]:
    taken = dict(
        OrderLine.objects.filter(order__blanket=order).values_list("order_id").annotate(Sum("blanket_qty")).order_by()
    )
    return [Release(each, taken.get(each.pk, 0)) for each in Order.objects.filter(blanket=order).order_by("-pk")]
