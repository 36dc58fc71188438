"""What happened to an order, told in sentences. Each floor adds what it knows of.

`settings.ORDER_TELLERS` names functions of upper floors by dotted path: they take an `Asked` and return `Told` in any
order, with a number of statements that does not grow with the order.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.module_loading import import_string

from orders.models import Order


@dataclass(frozen=True)
class Asked:
    """The story of an order, or of one of its lines; `zone` says which day an instant falls on."""

    order: Order
    zone: ZoneInfo
    line_no: int | None = None

    def day(self, at: dt.datetime) -> dt.date:
        return at.astimezone(self.zone).date()


@dataclass(frozen=True)
class Told:
    """One entry: the day it counts on, and when it was recorded.

    `value` is the change of open backlog in minor units, None where it does not change. `rows` are the ledger rows
    it is told from; anything else points at a page by address name and arguments, or at a part of the order's page.
    """

    day: dt.date
    at: dt.datetime
    title: str
    value: int | None = None
    note: str = ""
    rows: tuple[int, ...] = ()
    page: tuple[str, tuple[int, ...]] | None = None
    anchor: str = ""


Teller = Callable[[Asked], list[Told]]


def told_above(asked: Asked) -> list[Told]:
    """What the upper floors tell."""
    tellers: Iterable[Teller] = [import_string(path) for path in settings.ORDER_TELLERS]
    return [told for teller in tellers for told in teller(asked)]


def by(person: object | None) -> str:
    return f"By {person}" if person else "By the program"


def sentences(*parts: str) -> str:
    return ". ".join(part for part in parts if part)
