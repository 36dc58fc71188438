"""On-time delivery the slow way: every ledger row in the order of its day, one schedule after the other.

It reads no figure that the orders keep and shares no code with the reports; calendars are walked day by day.
"""

import datetime as dt
from dataclasses import dataclass, field

import holidays

from orders.models import OrderLedger, Schedule

DAY = dt.timedelta(days=1)


@dataclass
class Told:
    """What the ledger has told of one schedule so far."""

    kind: str = "standard"
    open_qty: int = 0
    request: dt.date | None = None
    first: dt.date | None = None
    current: dt.date | None = None
    missed: dt.date | None = None
    moves: int = 0
    left: list = field(default_factory=list)
    closed_on: dt.date | None = None

    @property
    def shipped(self):
        return sum(quantity for _, quantity in self.left)

    def take(self, row):
        self.kind = row.order_type
        if row.verb in ("booked", "qty_increased", "qty_decreased", "cancelled", "split", "shipped", "unshipped"):
            self.open_qty += row.quantity_delta
        if row.verb == "booked" or row.verb == "request_moved":
            self.request = row.to_date
        elif row.verb == "commit_set":
            self.first = self.current = row.to_date
        elif row.verb == "commit_moved":
            self.move(row)
        elif row.verb == "shipped":
            self.left.append((row.event_date, -row.quantity_delta))
        elif row.verb in ("cancelled", "qty_decreased") and self.open_qty == 0:
            self.closed_on = row.event_date

    def move(self, row):
        self.moves += 1
        if self.missed is None and row.event_date > self.current:
            self.missed = self.current
        self.current = row.to_date

    def inherit(self, parent, row):
        for name in ("first", "current", "missed", "moves"):
            setattr(self, name, getattr(parent, name))
        self.request = row.to_date


def tell(as_of):
    """Schedule id → what was known of it at the close of the day."""
    parents = dict(Schedule.objects.values_list("pk", "split_from_id"))
    told = {}
    rows = OrderLedger.objects.filter(event_date__lte=as_of).order_by("event_date", "recorded_at", "id")
    for row in rows:
        is_new = row.schedule_id not in told
        one = told.setdefault(row.schedule_id, Told())
        if is_new and row.verb == "split":
            one.inherit(told[parents[row.schedule_id]], row)
        one.take(row)
    return told


def outcome(one, basis, as_of, *, country="", early=3, late=0):
    """(class, the day it counts on) of one schedule on one basis; None when it was not there."""
    if not one.open_qty and not one.shipped and one.closed_on is None:
        return None
    day = {"request": one.request, "first_commit": one.first, "current_commit": one.missed or one.current}[basis]
    counts_on = day or one.request
    last = max((when for when, _ in one.left), default=None)
    ended = one.closed_on if one.open_qty == 0 and one.closed_on and (last is None or one.closed_on >= last) else None
    if one.kind in ("blanket", "sample") or (not one.shipped and ended and ended < counts_on):
        return "excluded", counts_on
    if day is None:
        return "uncommitted", counts_on
    actual = last if one.open_qty == 0 and (ended is None or ended < counts_on) else None
    earliest, latest = walk(day, -early, country), walk(day, late, country)
    if actual is None:
        return ("late" if as_of > latest else "pending"), counts_on
    if actual < earliest:
        return "too_early", counts_on
    return ("on_time" if actual <= latest else "late"), counts_on


def walk(day, count, country):
    """So many business days on, or back."""
    calendar = holidays.country_holidays(country) if country else None
    while count:
        day += DAY if count > 0 else -DAY
        if day.weekday() < 5 if calendar is None else calendar.is_working_day(day):
            count -= 1 if count > 0 else -1
    return day
