"""Ten-line orders priced, routed, checked, booked and ledgered, against bare INSERTs of the very rows that this leaves.

Both commit. What they write stays: whole orders with their ledger rows, dated on the day after the story.
"""

import datetime as dt
import os
from collections.abc import Callable
from itertools import count
from statistics import median
from time import time_ns

from oms.bench.bench import Bench
from oms.bench.order_rows import read_order
from oms.bench.processes import Crew, Task, crew
from oms.bench.questions import price_questions
from oms.bench.result import Result, at_least
from orders.actions.context import Occasion
from orders.actions.enter_and_book import enter_and_book
from orders.entry import LineEntry, OrderEntry
from parties.choices import LocationPurpose
from parties.models import Location
from pricing.resolver import PriceQuestion
from tenancy.scope import tenant_scope

LINES = 10
ORDERS = 40
TARGETS = {1: 0.25, 4: 0.4}


class NotBooked(RuntimeError):
    """An order of the measurement was held back: its rows would be compared with nothing."""


def measure(bench: Bench) -> list[Result]:
    results = []
    for size, least in TARGETS.items():
        with crew(size, bench.world.name) as workers:
            booked, bare = rounds_of(workers, bench)
        name = "enter_and_book" if size == 1 else f"enter_and_book_{size}"
        note = f"10-line orders, {size} process{'es' if size > 1 else ''}; limit: bare INSERTs of the same rows"
        results.append(Result(name, booked, "orders/s", bare, at_least(least), note))
    return results


def rounds_of(workers: Crew, bench: Bench) -> tuple[float, float]:
    def rate(task: Task) -> float:
        return workers.per_second(task, bench.times / 10, bench.tenant.pk, bench.world.today)

    rates = [(rate(booking), rate(bare_inserts)) for _ in range(max(1, bench.fewer(5)))]
    booked, bare = (median(found) for found in zip(*rates, strict=True))
    return booked, bare


def booking(tenant_id: int, today: dt.date) -> Callable[[], int]:
    """A function that enters and books one order and returns its id."""
    occasion = Occasion(None, dt.datetime.combine(today + dt.timedelta(days=1), dt.time(20), dt.UTC), next_day(today))
    with tenant_scope(tenant_id):
        orders = drawn_orders(today)
    numbers = count()

    def book() -> int:
        number = next(numbers)
        sell_to_id, ship_to_id, lines = orders[number % len(orders)]
        entry = OrderEntry(
            sell_to_id=sell_to_id,
            customer_po=f"BENCH-{os.getpid()}-{number}-{time_ns()}",
            order_date=next_day(today),
            currency="USD",
            lines=tuple(line_of(each, ship_to_id, today) for each in lines),
        )
        with tenant_scope(tenant_id):
            result = enter_and_book(entry=entry, occasion=occasion)
        if result.booked != LINES:
            raise NotBooked(f"{result.held} lines of order {result.order.number} were held back.")
        return result.order.pk

    return book


def bare_inserts(tenant_id: int, today: dt.date) -> Callable[[], None]:
    """A function that writes the rows of one booked order once more."""
    order_id = booking(tenant_id, today)()
    with tenant_scope(tenant_id):
        rows = read_order(order_id)
    return lambda: rows.insert(tenant_id)


def next_day(today: dt.date) -> dt.date:
    """The orders lie after the story's last day, so that they are in nobody else's way."""
    return today + dt.timedelta(days=1)


def drawn_orders(today: dt.date) -> list[tuple[int, int, list[PriceQuestion]]]:
    """Sell-to, ship-to and lines of each."""
    asked = price_questions(ORDERS * LINES, today)
    ship_tos = dict(
        Location.objects.filter(purpose=LocationPurpose.SHIP_TO).order_by("-pk").values_list("party_id", "pk")
    )
    chunks = [asked[start : start + LINES] for start in range(0, len(asked) - LINES + 1, LINES)]
    return [(lines[0].sell_to_id, ship_tos[lines[0].sell_to_id], lines) for lines in chunks]


def line_of(question: PriceQuestion, ship_to_id: int, today: dt.date) -> LineEntry:
    return LineEntry(
        product_id=question.product_id,
        quantity=question.quantity,
        end_buyer_id=question.end_buyer_id,
        ship_to_id=ship_to_id,
        request_date=today + dt.timedelta(days=60),
    )
