"""The versions of an order: how its ledger left it after each time somebody wrote to it, and what lies between two."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from orders.engine.replay import ReplayedSchedule, replay
from orders.models import Acknowledgement, Order, Schedule
from orders.story import Told
from orders.views.detail.ledger import LedgerRow, ledger_rows
from orders.views.detail.timeline import told_ledger
from ui.figures import EMPTY, figure
from values.money import format_minor, format_price

NAMED_TITLES = 2


@dataclass(frozen=True)
class Version:
    """`rows` are the ledger rows that made it; `label` says when, by what, and on which paper it went out."""

    number: int
    rows: Sequence[LedgerRow]
    told: Sequence[Told]
    label: str


@dataclass(frozen=True)
class Change:
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangedSchedule:
    name: str
    sku: str
    state: str
    tone: str
    changes: list[Change]


@dataclass(frozen=True)
class Comparison:
    """`told` is what happened between the two, newest first; values are open backlog in minor units."""

    schedules: list[ChangedSchedule]
    told: list[Told]
    value_before: int
    value_after: int

    @property
    def difference(self) -> int:
        return self.value_after - self.value_before


def versions_of(order: Order, zone: ZoneInfo) -> list[Version]:
    """Oldest first. An order without a booked line has none."""
    rows = ledger_rows(order)[::-1]
    papers = list(Acknowledgement.objects.filter(order=order).order_by("revision").values_list("made_at", "revision"))
    groups = [list(found) for _, found in groupby(rows, key=lambda row: row.recorded_at)]
    ends = [found[0].recorded_at for found in groups[1:]]
    versions = []
    for place, found in enumerate(groups):
        start, end = found[0].recorded_at, ends[place] if place < len(ends) else None
        sent = [revision for made_at, revision in papers if start <= made_at and (end is None or made_at < end)]
        told = told_ledger(found)
        versions.append(Version(place + 1, found, told, label(place + 1, start.astimezone(zone), told, sent)))
    return versions


def label(number: int, at: Any, told: Sequence[Told], papers: Sequence[int]) -> str:
    titles = "; ".join(each.title for each in told[:NAMED_TITLES])
    more = f" and {len(told) - NAMED_TITLES} more" if len(told) > NAMED_TITLES else ""
    sent = f" (acknowledgement {', '.join(str(each) for each in papers)})" if papers else ""
    return f"{number}: {at:%d %b %Y %H:%M}, {titles}{more}{sent}"


def compare(order: Order, versions: Sequence[Version], first: int, second: int) -> Comparison:
    """From version `first` to `second`: numbers of versions, the first the smaller one."""
    before, after = (replay(rows_up_to(versions, number)) for number in (first, second))
    between = [told for version in versions[first:second] for told in version.told]
    names = names_of(rows_up_to(versions, second))
    told_of = {pk: changes(order, before.get(pk), state, names) for pk, state in after.items()}
    schedules = Schedule.objects.filter(order=order, pk__in=[pk for pk, found in told_of.items() if found])
    named = schedules.order_by("line__line_no", "number").values_list(
        "pk", "line__line_no", "number", "line__product__sku"
    )
    return Comparison(
        schedules=[
            ChangedSchedule(f"{line_no}.{number}", sku, *state_of(before.get(pk), after[pk]), told_of[pk])
            for pk, line_no, number, sku in named
        ],
        told=between[::-1],
        value_before=sum(each.open_value for each in before.values()),
        value_after=sum(each.open_value for each in after.values()),
    )


def rows_up_to(versions: Sequence[Version], number: int) -> list[LedgerRow]:
    return [row for version in versions[:number] for row in version.rows]


def names_of(rows: Sequence[LedgerRow]) -> dict[int, str]:
    """Parties that the rows name."""
    named = {row.sell_to_id: row.sell_to for row in rows}
    return named | {row.end_buyer_id: row.end_buyer for row in rows if row.end_buyer_id and row.end_buyer}


def state_of(before: ReplayedSchedule | None, after: ReplayedSchedule) -> tuple[str, str]:
    if before is None:
        return "new", "good"
    return ("cancelled", "bad") if before.quantity and not after.quantity else ("", "")


def changes(
    order: Order, before: ReplayedSchedule | None, after: ReplayedSchedule, names: dict[int, str]
) -> list[Change]:
    was = before or ReplayedSchedule()
    found = []
    for what, show in fields(order, names):
        old, new = show(was), show(after)
        if old != new:
            found.append(Change(what, old, new))
    return found


def fields(order: Order, names: dict[int, str]) -> Iterator[tuple[str, Callable[[ReplayedSchedule], str]]]:
    """What is compared, each spelled as on the page of the order. What is still open follows from the others."""
    yield "Quantity", lambda state: figure(state.quantity) if state.quantity else EMPTY
    yield (
        "Price",
        lambda state: EMPTY if state.unit_price is None else format_price(state.unit_price, order.currency),
    )
    yield "Request date", lambda state: day(state.request_date)
    yield "First commit", lambda state: day(state.first_commit)
    yield "Commit", lambda state: day(state.current_commit)
    yield "Sell-to", lambda state: names.get(state.sell_to_id or 0, EMPTY)
    yield "End buyer", lambda state: names.get(state.end_buyer_id or 0, EMPTY)
    yield "Shipped", lambda state: figure(state.shipped_qty) if state.shipped_qty else EMPTY
    yield "Last shipped on", lambda state: day(state.ship_date)
    yield "Billed", lambda state: format_minor(state.billed_value, order.currency) if state.billed_value else EMPTY


def day(value: Any) -> str:
    return f"{value:%d %b %Y}" if value else EMPTY
