"""Columns of the lists of the orders floor. Partners see those that ask for no right of their own."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from orders.choices import RIGHT_TO_RELEASE, UNRELEASABLE, HoldScope, OrderStatus
from ui.cells import chip, link
from ui.columns import Chip, Column, Date, Figure, Instant, Link, Place, ShortDate
from ui.figures import EMPTY, signed
from ui.tables import Table
from values.dates import business_calendar
from values.money import from_minor

INSIDE = "orders.view"
STATUS_TONES = {
    OrderStatus.HELD: "bad",
    OrderStatus.BOOKED: "info",
    OrderStatus.PART_SHIPPED: "info",
    OrderStatus.SHIPPED: "good",
}
# lines of an order leave from several countries: their holidays are left to its own page
WEEKDAYS = business_calendar("")
NONE_YET = mark_safe('<span class="warn">none</span>')


def end_buyers(row: Any) -> str:
    """Of an order annotated with `end_buyer_names`."""
    names = row.end_buyer_names
    return f"{len(names)} end buyers" if len(names) > 1 else "".join(names)


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


class OrderTable(Table):
    caption = "Orders"
    columns = (
        Link("Order", "number", url_name="orders:order_detail", sort="entered"),
        Column("Customer PO", "customer_po"),
        Column("Sell-to", "sell_to.short_name", css="name"),
        Column("End buyer", end_buyers, css="name"),
        StatusChips("Status", "get_status_display", right=INSIDE),
        Chip("State", "get_status_display", tones=STATUS_TONES, tone_path="status", right="partner.orders"),
        Figure("Lines", "line_count"),
        Figure("Value", lambda row: from_minor(row.value, row.currency)),
        Figure("Open", lambda row: from_minor(row.open_value, row.currency)),
        Column("Cur.", "currency"),
        ShortDate("Request", "next_request_date"),
        NextCommit("Commit", "next_commit_date"),
        DaysApart("Days", "next_commit_date"),
        Entered("Entered", "entered_at", right=INSIDE),
        Date("PO date", "order_date", sort="ordered", is_extra=True),
        Column("Type", "get_order_type_display", is_extra=True),
        Column("Bill-to", "bill_to.short_name", css="name", right=INSIDE, is_extra=True, needs="bill_to"),
        Column("Source", "get_source_display", right=INSIDE, is_extra=True),
        Column("Entered by", "entered_by.user", right=INSIDE, is_extra=True, needs="entered_by__user"),
        Figure("Holds", "hold_count", right=INSIDE, is_extra=True),
        Figure("Shipped", lambda row: from_minor(row.value - row.open_value, row.currency), is_extra=True),
        Figure("Version", "version", right=INSIDE, is_extra=True),
    )

    def row_css(self, row: Any) -> str:
        return "struck" if row.status == OrderStatus.CANCELLED else ""


class HoldTable(Table):
    caption = "Open holds"
    columns = (
        Chip("Hold", "get_kind_display", tones={HoldScope.BOOKING: "bad", HoldScope.SHIPPING: "warn"},
             tone_path="scope", css="wrapped short"),
        Link("Order", "order.number", url_name="orders:order_detail", args=("order_id",)),
        Figure("Line", "line.line_no"),
        Column("Part", "line.product.sku", css="pn"),
        Column("Sell-to", "order.sell_to.short_name", css="name"),
        Column("End buyer", "line.end_buyer.short_name", css="name"),
        Column("Why", "message", css="wrapped"),
        Instant("Since", "placed_at", sort="since"),
        Release("", ""),
    )  # fmt: skip


class ScheduleTable(Table):
    caption = "Open schedules"
    columns = (
        Link("Order", "order.number", url_name="orders:order_detail", args=("order_id",)),
        Column("Line", lambda row: f"{row.line.line_no}.{row.number}"),
        Column("Part", "line.product.sku", css="pn"),
        Column("Sell-to", "order.sell_to.short_name", css="name"),
        Column("End buyer", "line.end_buyer.short_name", css="name"),
        Figure("Open", "open_qty"),
        Figure("Value", lambda row: from_minor(row.open_value, row.order.currency)),
        Column("Cur.", "order.currency"),
        Date("Request", "request_date", sort="request"),
        Date("First commit", "first_commit"),
        Commit("Commit", "current_commit", sort="commit"),
        Column("Customer PO", "order.customer_po", is_extra=True),
        Figure("Ordered", "quantity", is_extra=True),
        Figure("Shipped", "shipped_qty", is_extra=True),
        Figure("Released", "released_qty", is_extra=True),
        Column("Dates mean", "get_date_basis_display", is_extra=True),
    )

    def row_css(self, row: Any) -> str:
        return "is-warn" if row.current_commit is None else ""

    def row_name(self, row: Any) -> str:
        return f"{row.order.number} {row.line.line_no}.{row.number}"


class MoveTable(Table):
    """Rows of the ledger: what was asked for, beside what is promised now."""

    caption = "Moved requests"
    columns = (
        Link("Order", "order.number", url_name="orders:order_detail", args=("order_id",)),
        Column("Line", lambda row: f"{row.line.line_no}.{row.schedule.number}"),
        Column("Part", "line.product.sku", css="pn"),
        Column("Sell-to", "order.sell_to.short_name", css="name"),
        Column("End buyer", "line.end_buyer.short_name", css="name"),
        Figure("Open", "schedule.open_qty"),
        ShortDate("From", "from_date"),
        ShortDate("To", "to_date"),
        Signed("Days", "days"),
        Commit("Commit", "schedule.current_commit"),
        Column("At the wish of", "get_initiator_display"),
        Instant("Moved", "recorded_at", sort="moved"),
    )

    def row_name(self, row: Any) -> str:
        return f"{row.order.number} {row.line.line_no}.{row.schedule.number}"


class DraftTable(Table):
    caption = "Drafts"
    columns = (
        Link("Sell-to", lambda row: row.sell_to or "not named yet", url_name="orders:draft"),
        Column("Customer PO", "customer_po"),
        Figure("Lines", "line_count"),
        Instant("Saved", "saved_at", sort="saved"),
        Column("By", lambda row: str(row.saved_by.user)),
        Column("Whose", lambda row: str(row.owner.user)),
        Instant("Begun", "started_at"),
    )
