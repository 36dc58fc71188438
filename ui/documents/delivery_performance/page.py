"""The report spelled out for its template."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate

from django.utils.safestring import SafeString

from ui import charts
from ui.documents.delivery_performance.context import Basis, Report
from ui.documents.letterhead import day, instant
from ui.figures import EMPTY, figure
from ui.pdf import render_pdf

TEMPLATE = "documents/delivery_performance.html"
LINES = ("l2", "l1", "l3")
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Page:
    report: Report
    sentence: str
    trend: SafeString
    distance: SafeString

    @property
    def doc(self) -> str:
        return f"Delivery performance · {self.report.period}"

    @property
    def foot(self) -> str:
        report = self.report
        uncommitted = report.bases[-1].uncommitted
        return (
            f"Schedules due in {report.period} · unshipped past its window counts as late · pending and "
            f"{uncommitted:,} uncommitted stand outside the rate\n"
            f"As of {day(report.as_of)}, as known on {day(report.known_on)} · produced {instant(report.produced_at)}"
            + "".join(f" · {note}" for note in self.notes)
        )

    @property
    def notes(self) -> list[str]:
        report = self.report
        found = []
        if report.snapshot_at:
            found.append(f"what is settled from the nightly run of {instant(report.snapshot_at)}")
        if report.converted:
            found.append(f"{report.converted:,} compared by the transit days of their lane")
        if report.excluded:
            found.append(f"{report.excluded:,} cancelled before their date, blanket or sample, left out")
        return found

    @property
    def trend_rows(self) -> list[tuple[str, list[Decimal | None]]]:
        """The rates of the chart as figures, a basis a row."""
        return [
            (basis.label, [each.rates[number] for each in self.report.trend])
            for number, basis in enumerate(self.report.bases)
        ]

    @property
    def moved(self) -> list[tuple[str, int, Decimal | None]]:
        """Who, how often, and their share in per cent."""
        return [(each.label, each.moves, share(each.moves, self.report.moves)) for each in self.report.moved]

    @property
    def reasons(self) -> list[tuple[str, int, Decimal | None, Decimal | None]]:
        """Why, how many, their share in per cent and the running sum of it."""
        whole = self.missed
        running = accumulate(each.schedules for each in self.report.reasons)
        return [
            (each.label, each.schedules, share(each.schedules, whole), share(so_far, whole))
            for each, so_far in zip(self.report.reasons, running, strict=True)
        ]

    @property
    def missed(self) -> int:
        return sum(each.schedules for each in self.report.reasons)


def share(part: int, whole: int) -> Decimal | None:
    return (Decimal(100 * part) / whole).quantize(TENTH, ROUND_HALF_UP) if whole else None


def page_of(report: Report) -> Page:
    return Page(report, sentence(report), trend(report), distance(report))


def render(report: Report) -> bytes:
    """The report as PDF."""
    context = {"report": report, "page": page_of(report), "sender": report.sender, "produced_at": report.produced_at}
    return render_pdf(TEMPLATE, context)


def spelled(basis: Basis) -> str:
    return EMPTY if basis.rate is None else f"{figure(basis.rate, 1)} %"


def sentence(report: Report) -> str:
    request, first, current = report.bases
    if not any(each.decided for each in report.bases):
        return f"Nothing that was due in {report.period} is decided yet."
    kept = f"We kept {spelled(current)} of current commits and {spelled(first)} of first commits"
    asked = f", and met the request date on {spelled(request)} of schedules."
    late = sum(bucket.schedules for bucket in report.distance if bucket.label == "Not shipped")
    return kept + asked + (f" {late:,} past their commit have not shipped." if late else "")


def trend(report: Report) -> SafeString:
    labels = [(each.label, each.year) for each in report.trend]
    series = [
        charts.Rates(basis.label, css, [each.rates[number] for each in report.trend])
        for number, (basis, css) in enumerate(zip(report.bases, LINES, strict=True))
    ]
    return charts.rates("On time by period", labels, series, name="trend")


def distance(report: Report) -> SafeString:
    whole = sum(each.schedules for each in report.distance)
    entries = [
        charts.Row(each.label, each.schedules, "c1" if each.is_kept else "down", note=f"{part} %" if part else "")
        for each in report.distance
        for part in [share(each.schedules, whole)]
    ]
    return charts.rows("Actual against current commit", entries, name="distance")
