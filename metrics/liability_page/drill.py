"""From a figure of the liability down to the ledger rows that it sums."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from channel_inventory.choices import PosState
from channel_inventory.reports.rebate_liability import Question, Section
from metrics.drill import EVERYTHING, Only, party_alone
from metrics.liability_page.rows import CLAIMED, ESTIMATED
from metrics.narrowing import BETWEEN, NOBODY, OTHER_THAN

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class LiabilityDrill:
    """Addresses of the rows behind the figures of one section; `filters` are the page's own, by name.

    `owing` are the partners that owe us: open leaves them out, recoverable is them alone.
    """

    slug: str
    first: dt.date
    as_of: dt.date
    currency: str
    filters: tuple[tuple[str, str], ...]
    owing: tuple[str, ...]
    owed: tuple[str, ...]

    @classmethod
    def of(
        cls, section: Section, question: Question, slug: str, filters: Iterable[tuple[str, str]]
    ) -> "LiabilityDrill":
        owing = tuple(name.code for name in section.owing)
        owed = tuple(part.partner.name.code for part in section.partners if part.partner.name.code not in owing)
        return cls(slug, question.first, question.as_of, section.currency, tuple(filters), owing, owed)

    def bucket(self, bucket: str, only: Only = EVERYTHING) -> str:
        return self._address({"last": self.as_of, "bucket": bucket}, only)

    def estimated(self, only: Only = EVERYTHING) -> str:
        return self.bucket(ESTIMATED, only)

    def claimed(self, only: Only = EVERYTHING) -> str:
        return self.bucket(CLAIMED, only)

    def open(self, only: Only = EVERYTHING) -> str:
        """Without those who owe us, unless a partner is named: it is one or the other."""
        narrowed = {**self.only_owed(), **only} if self.owing else only
        return self._address({"last": self.as_of}, narrowed)

    def recoverable(self, only: Only = EVERYTHING) -> str:
        return self._address({"last": self.as_of}, {**these(self.owing), **only})

    def settled(self, only: Only = EVERYTHING) -> str:
        return self._address({"last": self.as_of, "entry": "settle"}, only)

    def age(self, age: str, only: Only = EVERYTHING) -> str:
        return self._address({"last": self.as_of, "bucket": CLAIMED, "age": age}, only)

    def opening(self, bucket: str, only: Only = EVERYTHING) -> str:
        return self._address({"last": self.first - DAY, "bucket": bucket}, only)

    def entry(self, entry: str, bucket: str, only: Only = EVERYTHING) -> str:
        return self._address({"first": self.first, "last": self.as_of, "entry": entry, "bucket": bucket}, only)

    def credit(self, number: str) -> str:
        return self._address({"first": self.first, "last": self.as_of, "credit": number}, EVERYTHING)

    def uncertified(self) -> str:
        """Sales that nobody certified; nowhere, where the page is narrowed by more than its partner."""
        asked = dict(self.filters)
        if asked.keys() - {"partner"}:
            return ""
        sold = {"state": PosState.CURRENT.value, "is_certified": "false", "currency": self.currency}
        until = {"invoice_date_max": self.as_of.isoformat()}
        return f"{reverse('channel_inventory:pos_list', args=[self.slug])}?{urlencode({**asked, **sold, **until})}"

    def held(self, partner: str) -> str:
        """The layers of which a partner still holds something."""
        query = urlencode({"partner": partner, "is_open": "true"})
        return f"{reverse('channel_inventory:layer_list', args=[self.slug])}?{query}"

    def only_owed(self) -> Only:
        """All but the partners that owe us; by name where the page shows some partners only."""
        if "partner" in dict(self.filters):
            return these(self.owed)
        return {"partner": OTHER_THAN + BETWEEN.join(map(party_alone, self.owing))}

    def _address(self, asked: Mapping[str, object], only: Only) -> str:
        days = {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in asked.items()}
        query = {**dict(self.filters), **days, **only, "currency": self.currency}
        return f"{reverse('metrics:liability_rows', args=[self.slug])}?{urlencode(query)}"


def these(codes: Iterable[str]) -> Only:
    return {"partner": BETWEEN.join(map(party_alone, codes))}


def only_named(name: str, code: str) -> Only:
    """One partner or end buyer alone, one agreement or product; those without one where there is no code."""
    if name in ("partner", "end_buyer"):
        return {name: party_alone(code)}
    return {name: code or NOBODY}


def all_agreements_but(codes: Iterable[str]) -> Only:
    return {"agreement": OTHER_THAN + BETWEEN.join(code or NOBODY for code in codes)}
