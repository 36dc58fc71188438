"""Kinds of columns that the lists of the orders floor share."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from orders.choices import RIGHT_TO_RELEASE, UNRELEASABLE, OrderStatus
from ui.cells import chip, link
from ui.columns import Column, Date, Figure, Place, ShortDate
from ui.figures import EMPTY, signed
from values.dates import business_calendar

STATUS_TONES = {
    OrderStatus.HELD: "bad",
    OrderStatus.BOOKED: "info",
    OrderStatus.PART_SHIPPED: "info",
    OrderStatus.SHIPPED: "good",
}

# lines of an order leave from several countries: their holidays are left to its own page
WEEKDAYS = business_calendar("")
NONE_YET = mark_safe('<span class="warn">none</span>')


@dataclass(frozen=True)
class StatusChips(Column):
    """State of an order, and how many holds it has."""

    def cell(self, row: Any, place: Place) -> str:
        shown = chip(row.get_status_display(), STATUS_TONES.get(row.status, ""))
        if not row.hold_count or row.status == OrderStatus.CANCELLED:
            return shown
        holds = f"{row.hold_count} hold{'' if row.hold_count == 1 else 's'}"
        if row.status == OrderStatus.HELD:
            return chip(holds, "bad", "hand-raised")
        both = f'<span class="chips" title="{holds}">{shown}{chip(row.hold_count, "bad", "hand-raised")}</span>'
        return mark_safe(both)  # noqa: S308  both are escaped


@dataclass(frozen=True)
class Entered(Column):
    """The minute an order came in today, of others the day: the newest are the ones looked at."""

    def show(self, value: dt.datetime, place: Place) -> str:
        here = value.astimezone(place.zone)
        if here.date() == place.today:
            return f"{here:%H:%M}"
        return f"{here:%d %b}" if here.year == place.today.year else f"{here:%d %b %y}"


@dataclass(frozen=True)
class NextCommit(ShortDate):
    """The next commit; where something open has none, that is said instead."""

    def cell(self, row: Any, place: Place) -> str:
        if row.next_commit_date is None:
            return NONE_YET if row.has_uncommitted else EMPTY
        return super().cell(row, place)


@dataclass(frozen=True)
class DaysApart(Figure):
    """Weekdays from what is asked for to what is promised, later above zero; red once the promise has passed."""

    def value(self, row: Any) -> int | None:
        asked, promised = row.next_request_date, row.next_commit_date
        return None if asked is None or promised is None else WEEKDAYS.business_days_between(asked, promised)

    def cell(self, row: Any, place: Place) -> str:
        days = self.value(row)
        if days is None:
            return EMPTY
        if row.next_commit_date < place.today:
            return format_html('<span class="bad" title="The commit has passed">{}</span>', signed(days))
        return tinted(signed(days), "" if not days else "warn" if days > 0 else "good")


def tinted(text: str, tone: str) -> SafeString:
    return format_html('<span class="{}">{}</span>', tone, text) if tone else escape(text)


@dataclass(frozen=True)
class Commit(Date):
    def cell(self, row: Any, place: Place) -> str:
        return NONE_YET if self.value(row) is None else super().cell(row, place)


@dataclass(frozen=True)
class Signed(Figure):
    """Days, with a plus for later."""

    def show(self, value: Any, place: Place) -> str:
        return signed(value)


@dataclass(frozen=True)
class Release(Column):
    """The way to the page that releases a hold, or says how its cause is mended, for those who may open it."""

    def value(self, row: Any) -> None:
        return None

    def cell(self, row: Any, place: Place) -> SafeString | str:
        if not place.may(RIGHT_TO_RELEASE[row.kind]):
            return ""
        label = "Mend…" if row.kind in UNRELEASABLE else "Release…"
        return link(reverse("orders:hold_release", args=[place.slug, row.order_id, row.pk]), label, key="r")
