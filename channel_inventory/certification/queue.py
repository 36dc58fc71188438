"""The texts that wait for a person, worked from the one with the most money behind it down."""

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from channel_inventory.certification.forecasts import Expected, expected_of
from channel_inventory.certification.rates import rates_into
from tenancy.scope import current_tenant_id
from values.sql import load

BEFORE, AFTER = 5, 8


class Waiting(NamedTuple):
    """A text that waits. `value` holds where all its lines are in one currency."""

    pk: int
    place: int
    lines: int
    value: Decimal | None
    currency: str | None
    currencies: int
    name: str
    city: str
    country: str
    normalised_name: str
    likely: str | None
    likeness: Decimal | None
    claims: list[dict[str, Any]] | None

    @property
    def where(self) -> str:
        return ", ".join(filter(None, (self.city, self.country))) or "no address"

    @property
    def best(self) -> int | None:
        """How much the likest end buyer is like it, in per cent."""
        return None if self.likeness is None else round(self.likeness * 100)

    @property
    def expected(self) -> list[Expected]:
        """What it would claim as the likest one, currency by currency."""
        return expected_of(self.claims or [])


@dataclass(frozen=True)
class Uncertified:
    currency: str
    value: Decimal
    lines: int


@dataclass(frozen=True)
class Queue:
    """`rows` stand around the text at hand. `count` wait in all, `later` were put off; `sums` are of both.

    `refused` is what was sold to those who were found to be no end buyers, by currency.
    """

    rows: list[Waiting]
    count: int
    later: int
    sums: list[Uncertified]
    refused: dict[str, Decimal]
    text_id: int | None

    @property
    def here(self) -> Waiting | None:
        return next((row for row in self.rows if row.pk == self.text_id), None)

    @property
    def following(self) -> Waiting | None:
        """The one after the text at hand; the first where that one does not wait, or is the last."""
        place = self.here.place if self.here else 0
        return next((row for row in self.rows if row.place > place), None)

    @property
    def preceding(self) -> Waiting | None:
        place = self.here.place if self.here else 0
        return next((row for row in reversed(self.rows) if row.place < place), None)


def queue_around(text_id: int | None, *, reporting_currency: str, on: dt.date, partner_id: int | None = None) -> Queue:
    """The queue around this text, or from its beginning. Two statements beside the rates."""
    known = rates_into(reporting_currency, on)
    params: dict[str, Any] = {
        "tenant_id": current_tenant_id(),
        "text": text_id,
        "partner": partner_id,
        "currencies": list(known),
        "rates": list(known.values()),
        "before": BEFORE,
        "after": AFTER,
    }
    with connection.cursor() as cursor:
        cursor.execute(load("channel_inventory", "certification_queue"), params)
        found = cursor.fetchall()
    sums, refused, count, later = found[0][:4]
    return Queue(
        rows=[Waiting(*(*row[4:-1], json.loads(row[-1] or "[]"))) for row in found if row[4] is not None],
        count=count,
        later=later,
        sums=[Uncertified(currency, Decimal(value), lines) for currency, value, lines in json.loads(sums)],
        refused={currency: Decimal(value) for currency, value in json.loads(refused).items()},
        text_id=text_id,
    )
