"""The line of figures on top, rates beside what they were."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from metrics.delivery_page.drill import Drill
from metrics.figures_page.cells import Cell
from metrics.reports.delivery_performance import BASES, BASIS_NAMES, CURRENT, Report, percent


@dataclass(frozen=True)
class Tile:
    """`change` is in percentage points from `before`."""

    label: str
    figure: Cell
    unit: str = ""
    change: Decimal | None = None
    before: Cell | None = None
    note: str = ""

    @property
    def change_tone(self) -> str:
        if not self.change:
            return ""
        return "good" if self.change > 0 else "bad"


def tiles_of(report: Report, drill: Drill) -> Iterator[Tile]:
    earlier = drill.before(report.compared)
    for basis in BASES:
        now, was = percent(report.figures[basis].rate), percent(report.before[basis].rate)
        yield Tile(
            f"On time, {BASIS_NAMES[basis].lower()}",
            Cell(now, 1, drill.decided(basis)),
            "%",
            None if now is None or was is None else now - was,
            Cell(was, 1, earlier.decided(basis)),
        )
    current = report.figures[CURRENT]
    yield Tile(
        "Recommits per schedule",
        Cell(current.per_schedule, 2, drill.moved("any")),
        note=f"{current.moves:,} on {current.promised:,} schedules",
    )
    yield Tile("Commit gap", Cell(current.mean_gap, 1, drill.due(CURRENT)), "days", note="mean, from request")
    yield Tile(
        "Not shipped",
        Cell(current.unshipped, None, drill.unshipped(), "bad" if current.unshipped else ""),
        note="past their commit, still open",
    )
