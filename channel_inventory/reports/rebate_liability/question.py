from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from tenancy.models import Tenant


class BadQuestion(ValueError):
    """The report cannot be asked for like this; the text says why."""


@dataclass(frozen=True)
class Question:
    """Which days, whose, and as known on which day (None: now).

    Ids are those that ledger rows carry, None where nothing is filtered; 0 stands for no end buyer or no agreement.
    `scope` says the same in words. Movements are told from `first` to `as_of`; open is the sum up to `as_of`.
    """

    first: date
    as_of: date
    known_on: date | None = None
    partners: Sequence[int] | None = None
    end_buyers: Sequence[int] | None = None
    products: Sequence[int] | None = None
    agreements: Sequence[int] | None = None
    kinds: Sequence[str] | None = None
    scope: str = "all partners"

    def __post_init__(self) -> None:
        if self.first > self.as_of:
            raise BadQuestion(f"The first day {self.first} is after the as-of date {self.as_of}.")

    def values(self, tenant: Tenant) -> dict[str, Any]:
        """Parameters of every statement. What was recorded on the day it was known counts."""
        names = ("first", "as_of", "partners", "end_buyers", "products", "agreements", "kinds")
        return {
            **{name: getattr(self, name) for name in names},
            "tenant": tenant.pk,
            "recorded_before": self.known_on and midnight_after(self.known_on, tenant),
        }


def midnight_after(day: date, tenant: Tenant) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), tenant.zone)
