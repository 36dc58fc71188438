"""Steps through history: the fiscal period ends around the as-of date."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import QueryDict

from tenancy.fiscal import calendar_of
from tenancy.models import Tenant
from ui.filters import address

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Steps:
    """Addresses of the same page at the end of the period before, of the next one, and of today ('' when there)."""

    before: str
    before_label: str
    after: str
    after_label: str
    today: str


def steps_of(tenant: Tenant, as_of: date, today: date, params: QueryDict) -> Steps:
    """Ahead of today there is nothing to see, so the last step is today."""
    calendar = calendar_of(tenant)
    period = calendar.period_of(as_of)
    before = period.start - DAY
    after = calendar.next(period).end if as_of == period.end else period.end
    ahead = min(after, today) if as_of < today else None

    def at(day: date | None) -> str:
        return "" if day is None else address(params, as_of=day.isoformat(), first=None)

    return Steps(
        at(before),
        f"{before:%d %b %Y}",
        at(ahead),
        f"{ahead:%d %b %Y}" if ahead else "",
        address(params, as_of=None, first=None) if as_of != today else "",
    )
