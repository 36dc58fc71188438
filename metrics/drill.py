"""From a figure down to the rows that it sums."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from metrics.narrowing import ALONE, BETWEEN, NOBODY, OTHER_THAN
from metrics.reports.bookings_billings_backlog import Line, Section
from metrics.reports.bookings_billings_backlog.due import LATE, UNSCHEDULED, Bucket
from metrics.reports.bookings_billings_backlog.moves import Move
from metrics.reports.bookings_billings_backlog.span import Span
from orders.choices import BILLING_VERBS, Verb

GROSS = (Verb.BOOKED, Verb.QTY_INCREASED)
NET = (*GROSS, Verb.QTY_DECREASED, Verb.CANCELLED, Verb.PRICE_CHANGED)
DAY = dt.timedelta(days=1)

# a filter's name → the one code it is narrowed to
Only = Mapping[str, str]
EVERYTHING: Only = {}


@dataclass(frozen=True)
class Drill:
    """Addresses of the rows behind the figures of one section; `filters` are the page's own, by name."""

    slug: str
    span: Span
    filters: tuple[tuple[str, str], ...]
    currency: str = ""

    @classmethod
    def of(cls, section: Section, slug: str, span: Span, filters: Iterable[tuple[str, str]]) -> "Drill":
        return cls(slug, span, tuple(filters), "" if section.is_converted else section.currency)

    def over(self, span: Span) -> "Drill":
        """The same, of other days."""
        return replace(self, span=span)

    def of_line(self, line: Line) -> "Drill":
        """The same in the line's own currency."""
        return replace(self, currency=line.currency)

    def rows(self, verbs: Iterable[Verb], only: Only = EVERYTHING, more: Mapping[str, str] = EVERYTHING) -> str:
        """Ledger rows of these verbs in the period."""
        days = {"first": self.span.first.isoformat(), "last": self.span.last.isoformat()}
        return self._address("metrics:ledger_rows", days, only, more, [("verb", str(verb)) for verb in verbs])

    def gross(self, only: Only = EVERYTHING) -> str:
        return self.rows(GROSS, only)

    def net(self, only: Only = EVERYTHING) -> str:
        return self.rows(NET, only)

    def billings(self, only: Only = EVERYTHING) -> str:
        return self.rows(BILLING_VERBS, only)

    def book_to_bill(self, only: Only = EVERYTHING) -> str:
        """Both sides of the ratio: the page of rows sums each verb, and tells the ratio."""
        return self.rows((*NET, *BILLING_VERBS), only)

    def moves(self, move: Move, crosses: str = "") -> str:
        direction = "later" if move.is_later else "earlier"
        more = {"direction": direction, "initiator": str(move.initiator), "crosses": crosses}
        return self.rows((move.verb,), more={name: value for name, value in more.items() if value})

    def opening(self, only: Only = EVERYTHING) -> str:
        return self._schedules("metrics:backlog", self.span.first - DAY, only, {})

    def closing(self, only: Only = EVERYTHING) -> str:
        return self._schedules("metrics:backlog", self.span.last, only, {})

    def late(self, only: Only = EVERYTHING) -> str:
        return self._schedules("metrics:backlog", self.span.last, only, {"due": LATE})

    def late_before(self) -> str:
        return self._schedules("metrics:backlog", self.span.first - DAY, EVERYTHING, {"due": LATE})

    def past_request(self) -> str:
        return self._schedules("metrics:backlog", self.span.last, EVERYTHING, {"due": "past_request"})

    def bucket(self, bucket: Bucket) -> str:
        if bucket.kind in (LATE, UNSCHEDULED):
            return self._schedules("metrics:backlog", self.span.last, EVERYTHING, {"due": bucket.kind})
        bounds = {"due_from": bucket.first, "due_to": bucket.last}
        days = {name: day.isoformat() for name, day in bounds.items() if day}
        return self._schedules("metrics:backlog", self.span.last, EVERYTHING, days)

    def unbilled(self) -> str:
        return self._schedules("metrics:unbilled", self.span.last, EVERYTHING, {})

    def unbilled_before(self) -> str:
        return self._schedules("metrics:unbilled", self.span.first - DAY, EVERYTHING, {})

    def _schedules(self, page: str, as_of: dt.date, only: Only, more: Mapping[str, str]) -> str:
        return self._address(page, {"as_of": as_of.isoformat()}, only, more, [])

    def _address(
        self, page: str, days: Mapping[str, str], only: Only, more: Mapping[str, str], verbs: list[tuple[str, str]]
    ) -> str:
        narrowed = {**dict(self.filters), **only, **more}
        query = [*days.items(), *narrowed.items(), *verbs]
        if self.currency:
            query.append(("currency", self.currency))
        return f"{reverse(page, args=[self.slug])}?{urlencode(query)}"


def only_line(line: Line) -> Only:
    sell_to, end_buyer = only_party("sell_to", line.sell_to.code), only_party("end_buyer", line.end_buyer.code)
    return {**sell_to, **end_buyer, "product": line.product.code}


def only_party(name: str, code: str) -> Only:
    """The party itself, without its branches: they have rows of their own."""
    return {name: party_alone(code)}


def all_but(name: str, codes: Iterable[str]) -> Only:
    """Everybody, or every product, except these."""
    listed = codes if name == "product" else [party_alone(code) for code in codes]
    return {name: OTHER_THAN + BETWEEN.join(listed)}


def party_alone(code: str) -> str:
    return f"{ALONE}{code}" if code else NOBODY
