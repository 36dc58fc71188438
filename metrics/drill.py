"""From a figure down to the ledger rows that it sums."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from metrics.reports.bookings_billings_backlog import Line, Section
from orders.choices import BACKLOG_VERBS, BILLING_VERBS, Verb


@dataclass(frozen=True)
class Drill:
    """Addresses of the ledger rows behind the figures of one section; `filters` are the page's own, by name."""

    slug: str
    first: dt.date
    as_of: dt.date
    filters: tuple[tuple[str, str], ...]
    currency: str = ""

    @classmethod
    def of(
        cls, section: Section, slug: str, first: dt.date, as_of: dt.date, filters: Iterable[tuple[str, str]]
    ) -> "Drill":
        return cls(slug, first, as_of, tuple(filters), "" if section.is_converted else section.currency)

    def rows(self, verbs: Iterable[Verb], *, line: Line | None = None, is_position: bool = False) -> str:
        """Rows of these verbs in the period; of a position all rows up to the as-of date."""
        span = {"last": self.as_of.isoformat()} if is_position else {
            "first": self.first.isoformat(),
            "last": self.as_of.isoformat(),
        }  # fmt: skip
        narrowed = dict(self.filters)
        if line is not None:
            narrowed |= {
                "sell_to": line.sell_to.code,
                "end_buyer": line.end_buyer.code or "-",
                "product": line.product.code,
            }
        query = [*span.items(), *narrowed.items(), *(("verb", str(verb)) for verb in verbs)]
        if self.currency or line is not None:
            query.append(("currency", line.currency if line else self.currency))
        return f"{reverse('metrics:ledger_rows', args=[self.slug])}?{urlencode(query)}"

    def opening(self) -> str:
        before = Drill(self.slug, self.first, self.first - dt.timedelta(days=1), self.filters, self.currency)
        return before.rows(BACKLOG_VERBS, is_position=True)

    def closing(self, line: Line | None = None) -> str:
        return self.rows(BACKLOG_VERBS, line=line, is_position=True)

    def gross(self) -> str:
        return self.rows((Verb.BOOKED, Verb.QTY_INCREASED))

    def net(self, line: Line | None = None) -> str:
        bookings = (Verb.BOOKED, Verb.QTY_INCREASED, Verb.QTY_DECREASED, Verb.CANCELLED, Verb.PRICE_CHANGED)
        return self.rows(bookings, line=line)

    def billings(self, line: Line | None = None) -> str:
        return self.rows(BILLING_VERBS, line=line)

    def unbilled(self) -> str:
        return self.rows((Verb.SHIPPED, Verb.UNSHIPPED, Verb.INVOICED), is_position=True)
