"""The three charts of a section."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString

from ui import charts
from ui.charts.scale import Unit, unit_for
from ui.documents.bookings_billings_backlog.context import CurrencySection

# leaves room on the first page for the masthead of a further currency and for the bar that says what does not foot
TREND_HEIGHT = 168
SERIES = (charts.Bar("net bookings", "c1"), charts.Bar("billings", "c2"))
FILL_OF_KIND = {"late": "late", "month": "c1", "quarter": "c3", "later": "c3", "unscheduled": "c4"}


@dataclass(frozen=True)
class Pictures:
    trend: SafeString
    ratio: SafeString
    due: SafeString
    bridge: SafeString
    unit: Unit


def drawn(section: CurrencySection) -> Pictures:
    values = [value for period in section.trend for value in (period.net_bookings, period.billings)]
    return Pictures(
        trend(section), ratio(section), due(section), bridge(section), unit_for([*values, section.totals.net_bookings])
    )


def trend(section: CurrencySection) -> SafeString:
    groups = [charts.Group(p.label, (p.net_bookings, p.billings), below=p.year) for p in section.trend]
    name = f"trend-{section.currency}"
    title = "Net bookings and billings"
    return charts.bars(title, SERIES, groups, currency=section.currency, name=name, height=TREND_HEIGHT)


def ratio(section: CurrencySection) -> SafeString:
    labels = [period.label for period in section.trend]
    values = [period.book_to_bill_3 for period in section.trend]
    return charts.lines("Book-to-bill, 3-period averages", labels, values, base=1, name=f"ratio-{section.currency}")


def due(section: CurrencySection) -> SafeString:
    whole = section.totals.closing_backlog
    rows = [
        charts.Row(bucket.label, bucket.value, FILL_OF_KIND[bucket.kind], share(bucket.value, whole))
        for bucket in section.due
    ]
    return charts.rows("Backlog by current commit", rows, currency=section.currency, name=f"due-{section.currency}")


def share(part: Decimal, whole: Decimal) -> str:
    return f"{part / whole * 100:.0f} %" if whole > 0 else ""


def bridge(section: CurrencySection) -> SafeString:
    steps = [charts.Step(driver.label, driver.amount) for driver in section.drivers if driver.amount]
    total = section.totals
    return charts.bridge(
        "Backlog bridge",
        ("Opening", total.opening_backlog),
        steps,
        ("Closing", total.closing_backlog),
        name=f"bridge-{section.currency}",
        places=section.places,
    )
