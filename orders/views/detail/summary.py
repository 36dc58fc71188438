"""The header of an order in words, and what somebody should do next: read from all its lines, shown or not."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from orders.choices import UNBOOKED, HoldScope, LineStatus, OrderType
from orders.models import Order, OrderLine, Schedule
from orders.views.detail.lines import LineBlock
from orders.views.detail.totals import Totals
from orders.views.holds import HoldRow

SOON = dt.timedelta(days=7)


@dataclass(frozen=True)
class Named:
    """One thing that lines name: the first, and how many others there are."""

    first: str
    others: int
    all_names: str

    @property
    def text(self) -> str:
        return f"{self.first} and {self.others} other{'' if self.others == 1 else 's'}" if self.others else self.first


@dataclass(frozen=True)
class Parties:
    ship_to: Named | None
    end_buyer: Named | None
    re_shipper: Named | None
    incoterm: Named | None


@dataclass(frozen=True)
class Counts:
    """Schedules of booked lines that wait for something, and lines that wait to be booked."""

    unbooked: int
    uncommitted: int
    late: int
    releasable: int
    due: int


@dataclass(frozen=True)
class Step:
    """`href` is where it is done, "" when the member may not: then `who` says who may."""

    text: str
    label: str = ""
    href: str = ""
    who: str = ""
    is_in_place: bool = False


def parties_of(order: Order) -> Parties:
    lines = OrderLine.objects.filter(order=order).exclude(status=LineStatus.CANCELLED)
    return parties_in(
        lines.order_by("line_no").values_list(
            "ship_to__name", "end_buyer__name", "terms__re_shipper__name", "terms__incoterm", "terms__named_place"
        )
    )


def parties_among(blocks: Iterable[LineBlock]) -> Parties:
    """The same from all lines of an order, as they are shown."""
    lines = [block.line for block in blocks if block.line.status != LineStatus.CANCELLED]
    return parties_in(map(named_by, lines))


def named_by(line: OrderLine) -> tuple[str | None, ...]:
    terms = line.terms
    return (
        line.ship_to.name if line.ship_to else None,
        line.end_buyer.name if line.end_buyer else None,
        terms.re_shipper.name if terms and terms.re_shipper else None,
        terms.incoterm if terms else None,
        terms.named_place if terms else None,
    )


def parties_in(rows: Iterable[tuple[str | None, ...]]) -> Parties:
    ship_tos, end_buyers, re_shippers, incoterms, places = list(zip(*rows, strict=True)) or [()] * 5
    terms = [f"{incoterm} {place}" for incoterm, place in zip(incoterms, places, strict=True) if incoterm]
    return Parties(named(ship_tos), named(end_buyers), named(re_shippers), named(terms))


def named(names: Iterable[str | None]) -> Named | None:
    found = list(dict.fromkeys(name for name in names if name))
    return Named(found[0], len(found) - 1, ", ".join(found)) if found else None


def counts_of(order: Order, today: dt.date) -> Counts:
    is_open = Q(open_qty__gt=0, line__status=LineStatus.BOOKED)
    unreleased = is_open & Q(open_qty__gt=F("released_qty"))
    due_date = Coalesce("current_commit", "request_date")
    found = (
        Schedule.objects.filter(order=order)
        .annotate(due_date=due_date)
        .aggregate(
            unbooked=Count("line", distinct=True, filter=Q(line__status__in=UNBOOKED)),
            uncommitted=Count("pk", filter=is_open & Q(current_commit__isnull=True)),
            late=Count("pk", filter=is_open & Q(current_commit__lt=today)),
            releasable=Count("pk", filter=unreleased),
            due=Count("pk", filter=unreleased & Q(due_date__lte=today + SOON)),
        )
    )
    return Counts(**found)


def counted(blocks: Iterable[LineBlock], today: dt.date) -> Counts:
    """The same from all lines of an order, as they are shown."""
    shown = [(block.line, row.schedule) for block in blocks for row in block.schedules]
    open_ones = [each for line, each in shown if each.open_qty > 0 and line.status == LineStatus.BOOKED]
    unreleased = [each for each in open_ones if each.open_qty > each.released_qty]
    commits = [each.current_commit for each in open_ones if each.current_commit]
    return Counts(
        unbooked=len({line.pk for line, _ in shown if line.status in UNBOOKED}),
        uncommitted=len(open_ones) - len(commits),
        late=sum(commit < today for commit in commits),
        releasable=len(unreleased),
        due=sum((each.current_commit or each.request_date) <= today + SOON for each in unreleased),
    )


def next_steps(order: Order, counts: Counts, holds: Sequence[HoldRow], totals: Totals, *, view: Any) -> list[Step]:
    """What waits, most urgent first; each with the way to do it for those who may."""
    held = {row.hold.line_id for row in holds if row.hold.scope == HoldScope.BOOKING}
    stopped = {row.hold.line_id for row in holds if row.hold.scope == HoldScope.SHIPPING} - held
    unheld = counts.unbooked - len(held)
    may, pk = view.member.may, order.pk
    if order.order_type == OrderType.BLANKET:
        counts = Counts(counts.unbooked, uncommitted=0, late=0, releasable=0, due=0)
    found: list[Any] = [
        held and Step(f"{lines(len(held))} on a booking hold", "See the holds", "#holds"),
        unheld > 0 and allowed(
            Step(f"{lines(unheld)} not booked", "Book…", view.url("orders:order_book", pk), is_in_place=True),
            is_allowed=may("orders.enter"), who="sales operations",
        ),
        stopped and Step(f"{lines(len(stopped))} on a shipping hold", "See the holds", "#holds"),
        counts.uncommitted and Step(f"{schedules(counts.uncommitted)} without a commit", "Go there", "#lines"),
        counts.late and Step(f"{schedules(counts.late)} past the commit", "Go there", "#lines"),
        counts.due and allowed(
            Step(
                f"{schedules(counts.due)} due within a week and not released", "Release…",
                view.url("fulfilment:order_release", pk), is_in_place=True,
            ),
            is_allowed=may("orders.release"), who="sales operations",
        ),
        totals.unbilled and Step("shipped goods not billed", "See the shipments", "#deliveries"),
    ]  # fmt: skip
    return [step for step in found if step]


def allowed(step: Step, *, who: str, is_allowed: bool) -> Step:
    return step if is_allowed else Step(step.text, who=f"{who} may do that")


def lines(count: int) -> str:
    return f"{count} line{'' if count == 1 else 's'}"


def schedules(count: int) -> str:
    return f"{count} schedule{'' if count == 1 else 's'}"
