from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from metrics.delivery_page.drill import Drill, only_member
from metrics.delivery_page.forms import EVERYBODY
from metrics.delivery_page.tiles import Tile, tiles_of
from metrics.drill import Only
from metrics.figures_page.cells import Cell, share
from metrics.reports.bookings_billings_backlog.span import Span
from metrics.reports.delivery_performance import BASES, BASIS_NAMES, CURRENT, Figures, Member, Report, percent
from metrics.reports.delivery_performance.as_pdf import NOBODY, period_name
from metrics.reports.delivery_performance.report import HEADINGS, SUPPLIER
from ui import charts

LINES = {"request": "l2", "first_commit": "l1", "current_commit": "l3"}
TIMES = (("0", 0, "never"), ("1", 1, "1 time"), ("2", 2, "2 times"), ("3", 3, "3 or more"))
SHOWN = 12


@dataclass(frozen=True)
class BasisCells:
    due: Cell
    on_time: Cell
    rate: Cell


@dataclass(frozen=True)
class MemberRow:
    name: str
    href: str
    bases: list[BasisCells]
    pending: Cell
    uncommitted: Cell
    by_quantity: Cell
    in_full: Cell
    never_moved: Cell
    unshipped: Cell


@dataclass(frozen=True)
class MemberTable:
    """One dimension, the sum of all below; `members` are how many there are."""

    dimension: str
    heading: str
    title: str
    sub: str
    members: int
    rows: list[MemberRow]
    total: MemberRow

    @property
    def is_cut(self) -> bool:
        return self.members > len(self.rows)


@dataclass(frozen=True)
class TrendRow:
    period: str
    bases: list[BasisCells]


class DeliveryPage:
    """Tiles, charts and tables; each figure has the address of the schedules that it counts.

    `href` is the address of the page with its filters, to which a member adds itself.
    """

    def __init__(self, report: Report, drill: Drill, href: str, *, shows_all: bool = False):
        self.report, self.drill, self.href = report, drill, href
        self.shown = None if shows_all else SHOWN
        self.tiles: list[Tile] = list(tiles_of(report, drill))
        self.trend = picture(report, drill)
        self.trend_rows = list(trend_rows(report, drill))
        self.stability = stability(report, drill)
        self.stability_rows = list(stability_rows(report, drill))
        self.bases = [BASIS_NAMES[basis] for basis in BASES]
        self.classes = [(BASIS_NAMES[basis], list(class_cells(basis, report, drill))) for basis in BASES]
        self.tables = [self.table(dimension) for dimension in HEADINGS if report.members.get(dimension)]
        self.unshipped = Cell(report.figures[CURRENT].unshipped, None, drill.unshipped())

    @property
    def promised(self) -> Figures:
        return self.report.figures[CURRENT]

    @property
    def supplier_rate(self) -> Decimal | None:
        return percent(self.promised.supplier_rate)

    @property
    def customer_rate(self) -> Decimal | None:
        return percent(self.promised.customer_rate)

    def table(self, dimension: str) -> MemberTable:
        members = self.report.members[dimension]
        title, sub = f"By {HEADINGS[dimension].lower()}", "most due first; the workbook holds all"
        total = self.row("All", "", self.report.figures, {})
        if dimension == SUPPLIER:
            # places of our own are in no row of it
            figures = {basis: Figures.sum_of(each.figures[basis] for each in members) for basis in BASES}
            title, sub = "Those who committed dates to us", "sites and suppliers of others, all their places together"
            total = self.row("All of them", "", figures, {SUPPLIER: EVERYBODY})
        return MemberTable(
            dimension,
            HEADINGS[dimension],
            title,
            sub,
            len(members),
            [self.member(member) for member in members[: self.shown]],
            total,
        )

    def member(self, member: Member) -> MemberRow:
        code = member.name.code
        href = f"{self.href}&{urlencode({member.dimension: code})}" if code else ""
        name = member.name.name or NOBODY.get(member.dimension, "–")
        return self.row(name, href, member.figures, only_member(member))

    def row(self, name: str, href: str, figures: Mapping[str, Figures], only: Only) -> MemberRow:
        current, drill = figures[CURRENT], self.drill
        return MemberRow(
            name,
            href,
            [cells_of(basis, figures[basis], drill, only) for basis in BASES],
            Cell(current.pending, None, drill.rows(CURRENT, ["pending"], only)),
            Cell(current.uncommitted, None, drill.rows(CURRENT, ["uncommitted"], only)),
            Cell(percent(current.by_quantity), 1, drill.decided(CURRENT, only)),
            Cell(percent(current.in_full), 1, drill.decided(CURRENT, only)),
            Cell(percent(current.never_rate), 1, drill.moved("0", only)),
            Cell(current.unshipped, None, drill.rows(CURRENT, ["late"], only, {"shipped": "no"}), tone(current)),
        )


def tone(figures: Figures) -> str:
    return "bad" if figures.unshipped else ""


def cells_of(basis: str, figures: Figures, drill: Drill, only: Only) -> BasisCells:
    return BasisCells(
        Cell(figures.due, None, drill.due(basis, only)),
        Cell(figures.on_time, None, drill.rows(basis, ["on_time"], only)),
        Cell(percent(figures.rate), 1, drill.decided(basis, only)),
    )


def class_cells(basis: str, report: Report, drill: Drill) -> Iterator[Cell]:
    figures = report.figures[basis]
    yield Cell(figures.due, None, drill.due(basis))
    for name in ("on_time", "late", "too_early", "pending", "uncommitted", "excluded"):
        yield Cell(getattr(figures, name), None, drill.rows(basis, [name]))
    yield Cell(percent(figures.rate), 1, drill.decided(basis))
    yield Cell(percent(figures.by_quantity), 1, drill.decided(basis))
    yield Cell(percent(figures.in_full), 1, drill.decided(basis))


def picture(report: Report, drill: Drill) -> SafeString:
    labels = [(period_name(each), str(each.period.year) if each.period.period == 1 else "") for each in report.trend]
    series = [
        charts.Rates(
            BASIS_NAMES[basis],
            css,
            [each.rates[basis] for each in report.trend],
            [drill.over(Span(each.period.start, each.last)).decided(basis) for each in report.trend],
        )
        for basis, css in LINES.items()
    ]
    return charts.rates("On time by fiscal period", labels, series, name="trend")


def trend_rows(report: Report, drill: Drill) -> Iterator[TrendRow]:
    for each in report.trend:
        own = drill.over(Span(each.period.start, each.last))
        yield TrendRow(
            f"{each.period}, from {each.period.start:%d %b %Y}",
            [cells_of(basis, each.figures[basis], own, {}) for basis in BASES],
        )


def stability(report: Report, drill: Drill) -> SafeString:
    whole = report.figures[CURRENT].promised
    entries = [
        charts.Row(label, count, "c1" if number == 0 else "c2", note=f"{part} %" if part else "", href=drill.moved(key))
        for key, number, label in TIMES
        for count in [report.moved.get(number, 0)]
        for part in [share(count, whole)]
    ]
    return charts.rows("How often a commit moved", entries, name="stability")


def stability_rows(report: Report, drill: Drill) -> Iterator[tuple[str, Cell]]:
    for key, number, label in TIMES:
        yield label, Cell(report.moved.get(number, 0), None, drill.moved(key))
