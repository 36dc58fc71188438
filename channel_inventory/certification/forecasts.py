"""What somebody reads of a forecast: what would be claimed, and by which agreement."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from channel_inventory.models import TextForecast
from values.money import format_minor


@dataclass(frozen=True)
class Expected:
    """`amount` with its thousands; of so many lines."""

    amount: str
    currency: str
    lines: int
    number: str = ""
    denied: int = 0


@dataclass(frozen=True)
class Forecast:
    """One candidate of a text: agreement by agreement, and when it was reckoned."""

    rows: Sequence[Expected]
    sums: Sequence[Expected]
    lines: int
    at: dt.datetime

    @property
    def words(self) -> str:
        if not self.sums:
            return "nothing to claim"
        numbers = ", ".join(each.number for each in self.rows if each.lines)
        told = " + ".join(f"{each.amount} {each.currency}" for each in self.sums)
        return f"{told} by {numbers}, {self.lines:,} line{'' if self.lines == 1 else 's'}"


def expected_of(claims: Iterable[Mapping[str, Any]]) -> list[Expected]:
    """The sums by currency of what is claimed and not denied."""
    sums: dict[str, tuple[int, int]] = {}
    for each in claims:
        amount, lines = sums.get(each["currency"], (0, 0))
        sums[each["currency"]] = amount + each["amount"], lines + each["lines"]
    return [
        Expected(format_minor(amount, currency), currency, lines)
        for currency, (amount, lines) in sorted(sums.items())
        if lines
    ]


def forecasts_of(text_id: int) -> dict[int, Forecast]:
    """By candidate. One statement."""
    return {each.party_id: told(each) for each in TextForecast.objects.filter(text_id=text_id)}


def told(kept: TextForecast) -> Forecast:
    sums = expected_of(kept.claims)
    rows = [
        Expected(
            format_minor(each["amount"], each["currency"]), each["currency"], each["lines"],
            each["number"] or "no agreement", each["denied"],
        )
        for each in kept.claims
    ]  # fmt: skip
    return Forecast(rows, sums, sum(each.lines for each in sums), kept.made_at)
