"""From a figure of delivery performance to the schedules that it counts."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from metrics.drill import EVERYTHING, Only, party_alone
from metrics.narrowing import NOBODY
from metrics.reports.bookings_billings_backlog.span import Span
from metrics.reports.delivery_performance import CURRENT, Member

DECIDED = ("on_time", "late", "too_early")
DUE = (*DECIDED, "pending")
PARTIES = ("sell_to", "end_buyer")


@dataclass(frozen=True)
class Drill:
    """Addresses of schedules due in `span` as of a day; `filters` are the page's own, by name."""

    slug: str
    as_of: dt.date
    span: Span
    filters: tuple[tuple[str, str], ...]

    def over(self, span: Span) -> "Drill":
        return replace(self, span=span)

    def before(self, span: Span) -> "Drill":
        """Of the days compared with, as of their own last day."""
        return replace(self, span=span, as_of=span.last)

    def rows(
        self, basis: str, outcomes: Iterable[str], only: Only = EVERYTHING, more: Mapping[str, str] = EVERYTHING
    ) -> str:
        days = {"as_of": self.as_of, "first": self.span.first, "last": self.span.last}
        query = [(name, day.isoformat()) for name, day in days.items()]
        query += {**dict(self.filters), **only, **more, "basis": basis}.items()
        query += [("outcome", outcome) for outcome in outcomes]
        return f"{reverse('metrics:delivery_rows', args=[self.slug])}?{urlencode(query)}"

    def due(self, basis: str, only: Only = EVERYTHING) -> str:
        return self.rows(basis, DUE, only)

    def decided(self, basis: str, only: Only = EVERYTHING) -> str:
        return self.rows(basis, DECIDED, only)

    def unshipped(self, only: Only = EVERYTHING) -> str:
        return self.rows(CURRENT, ["late"], only, {"shipped": "no"})

    def moved(self, times: str, only: Only = EVERYTHING) -> str:
        return self.rows(CURRENT, DUE, only, {"moved": times})


def only_member(member: Member) -> Only:
    """The member itself, without branches: they have rows of their own."""
    code = member.name.code
    if member.dimension in PARTIES:
        return {member.dimension: party_alone(code)}
    return {member.dimension: code or NOBODY}
