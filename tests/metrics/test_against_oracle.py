"""Random ledgers: the snapshot is what the oracle says, by whatever way it was made."""

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.actions.run_nightly import make_everything, run_nightly
from metrics.models import BacklogPosition, DailyFlow, SnapshotRun
from orders.models import OrderLedger
from tests.fixtures import NOW
from tests.metrics.conftest import Cast
from tests.metrics.oracle import closing
from tests.metrics.snapshots import positions_on, whole_snapshot
from tests.metrics.writer import Slot, make_slot

START = dt.date(2026, 10, 28)
DAYS = 12
NIGHT = START + dt.timedelta(days=DAYS + 3)

ADDS = ("booked", "qty_increased", "unshipped")
CREDITS = ("price", "quantity", "return")
TAKES = ("qty_decreased", "cancelled", "shipped")


@dataclass(frozen=True)
class Step:
    """One change: which of the slots, what, how much, on which day, and whether a nightly run follows it."""

    slot: int
    verb: str
    amount: int
    day: int
    runs_after: bool


steps = st.builds(
    Step,
    slot=st.integers(0, 3),
    verb=st.sampled_from([*ADDS, *TAKES, "price_changed", "transferred", "split", "invoiced", *CREDITS]),
    amount=st.integers(1, 50),
    day=st.integers(0, DAYS),
    runs_after=st.booleans(),
)


def apply(slot: Slot, step: Step, cast: Cast, at: dt.datetime) -> None:
    day = START + dt.timedelta(days=step.day)
    quantity, value = slot.schedule.open_qty, slot.schedule.open_value
    part = min(step.amount, quantity)
    worth = value if part == quantity else value * part // max(quantity, 1)
    if step.verb in ADDS:
        slot.write(step.verb, step.amount, 7 * step.amount, day=day, at=at)
    elif step.verb in TAKES and part:
        slot.write(step.verb, -part, -worth, day=day, at=at)
    elif step.verb == "price_changed" and quantity:
        slot.write(step.verb, 0, step.amount - min(value, 25), day=day, at=at)
    elif step.verb == "invoiced":
        slot.write(step.verb, step.amount, 7 * step.amount, day=day, at=at)
    elif step.verb in CREDITS:
        slot.credit(step.verb, 0 if step.verb == "price" else step.amount, 7 * step.amount, day=day, at=at)
    elif step.verb == "split" and part:
        slot.write("split", -part, -worth, day=day, at=at)
        slot.write("split", part, worth, day=day, at=at)
    elif step.verb == "transferred" and quantity:
        other = cast.b.pk if slot.line.end_buyer_id == cast.a.pk else cast.a.pk
        slot.write("transferred", -quantity, -value, day=day, at=at)
        slot.write("transferred", quantity, value, day=day, at=at, end_buyer_id=other)


class Undo(Exception):
    """Takes an example's rows out again: ledger rows cannot be deleted."""


@pytest.fixture
def slots(cast: Cast) -> list[Slot]:
    return [
        make_slot(cast.sell_to, cast.a, cast.product),
        make_slot(cast.sell_to, cast.b, cast.product, currency="EUR", rate=2),
        make_slot(cast.sell_to, cast.a, cast.product, currency="EUR", rate=None),
        make_slot(cast.sell_to, None, cast.product, order_type="blanket"),
    ]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=st.lists(steps, max_size=14))
def test_runs_in_between_a_rebuild_and_the_oracle_agree_on_every_day_and_key(cast, slots, plan):
    fresh = [(s.schedule.open_qty, s.schedule.open_value, s.line.end_buyer_id) for s in slots]
    with suppress(Undo), transaction.atomic():
        live_through(plan, slots, cast)
        raise Undo
    for slot, (quantity, value, end_buyer_id) in zip(slots, fresh, strict=True):
        slot.schedule.open_qty, slot.schedule.open_value = quantity, value
        slot.line.end_buyer_id = end_buyer_id


def live_through(plan: list[Step], slots: list[Slot], cast: Cast) -> None:
    at = NOW
    for step in plan:
        # far enough apart that the overlap alone would not find what a run has missed
        at += dt.timedelta(hours=3)
        apply(slots[step.slot], step, cast, at)
        if step.runs_after:
            assert run_nightly(night=NIGHT, at=at).is_reconciled
    assert run_nightly(night=NIGHT, at=at).is_reconciled
    compare_with_oracle()
    compare_with_rebuild(at)


def compare_with_oracle() -> None:
    rows = list(OrderLedger.objects.select_related("invoice_line__invoice"))
    for n in range(-1, DAYS + 3):
        day = START + dt.timedelta(days=n)
        assert positions_on(day) == {key: p.facts() for key, p in closing(rows, day).items()}, day


def compare_with_rebuild(at: dt.datetime) -> None:
    step_by_step = whole_snapshot()
    DailyFlow.objects.all().delete()
    BacklogPosition.objects.all().delete()
    SnapshotRun.objects.all().delete()
    make_everything(at)
    assert whole_snapshot() == step_by_step
