"""The first sentence of a report answers its question."""

from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from ui.charts.scale import ONES, unit_for
from ui.documents.bookings_billings_backlog.context import CurrencySection

HUNDRED = Decimal(100)


def answer(section: CurrencySection) -> SafeString:
    """What was booked and billed, what that did to the backlog, and how much of it is late."""
    total = section.totals
    return format_html(
        "{} {}{}",
        sold(section.currency, total.net_bookings, total.billings, total.book_to_bill, section.places),
        backlog(section.currency, section.net_change, total.closing_backlog, section.places),
        late_share(section.late, total.closing_backlog),
    )


def sold(currency: str, net: Decimal, billings: Decimal, ratio: Decimal | None, places: int) -> SafeString:
    booked = short(net, places)
    if ratio is None:
        return format_html("Net bookings of <b>{} {}</b>; no billings, so no book-to-bill.", currency, booked)
    billed = short(billings, places)
    text = "Net bookings of <b>{} {}</b> against billings of {} {}: book-to-bill <b>{}</b>."
    return format_html(text, currency, booked, currency, billed, f"{ratio:.2f}")


def backlog(currency: str, change: Decimal, closing: Decimal, places: int) -> SafeString:
    if not change:
        return format_html("Backlog stayed at <b>{} {}</b>", currency, short(closing, places))
    moved = "rose" if change > 0 else "fell"
    by = short(abs(change), places, beside=closing)
    return format_html("Backlog {} by {} to <b>{} {}</b>", moved, by, currency, short(closing, places))


def late_share(late: Decimal, closing: Decimal) -> str:
    if closing <= 0:
        return "."
    if not late:
        return "; none of it is late against our current commit."
    return f"; {late / closing * HUNDRED:.1f} % of it is late against our current commit."


def short(value: Decimal, places: int, beside: Decimal | None = None) -> str:
    """`6.62 m`; below a thousand the exact amount. In the unit of `beside`, unless that leaves nothing to read."""
    shared = unit_for([value if beside is None else beside])
    unit = shared if abs(value) * HUNDRED >= shared.divisor else unit_for([value])
    if unit is ONES:
        return f"{value:,.{places}f}"
    return f"{unit.shown(value)} {unit.short}"
