"""From opening to closing backlog, as a picture and in figures."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from metrics.drill import GROSS, NET, Drill
from metrics.figures_page.cells import Cell, Purse
from metrics.reports.bookings_billings_backlog import Section
from metrics.reports.bookings_billings_backlog.bridge import Driver
from orders.choices import Verb
from ui import charts
from ui.charts.bridge import is_cut


@dataclass(frozen=True)
class BridgeRow:
    """`is_sum` rows add up what stands above them."""

    label: str
    figure: Cell
    rows: int | None = None
    is_sum: bool = False


def picture(section: Section, drill: Drill) -> SafeString:
    purse, figures = Purse(section.currency), section.figures
    steps = [charts.Step(each.label, purse.amount(each.amount), drill.rows((each.verb,))) for each in section.drivers]
    return charts.bridge(
        "Backlog bridge",
        ("Opening", purse.amount(figures.opening), drill.opening()),
        steps,
        ("Closing", purse.amount(figures.closing), drill.closing()),
        size=(600, 270),
        currency=section.currency,
    )


def begins_above_zero(section: Section) -> bool:
    figures = section.figures
    return is_cut(figures.opening, [each.amount for each in section.drivers], figures.closing)


def rows(section: Section, drill: Drill) -> Iterator[BridgeRow]:
    purse, figures, drivers = Purse(section.currency), section.figures, section.drivers
    yield BridgeRow("Opening", purse.cell(figures.opening, drill.opening()), is_sum=True)
    yield from steps(purse, drill, [each for each in drivers if each.verb in GROSS])
    gross = count(drivers, GROSS)
    yield BridgeRow("Gross bookings", purse.cell(figures.gross_bookings, drill.gross()), gross, is_sum=True)
    yield from steps(purse, drill, [each for each in drivers if each.verb in NET and each.verb not in GROSS])
    yield BridgeRow("Net bookings", purse.cell(figures.net_bookings, drill.net()), count(drivers, NET), is_sum=True)
    yield from steps(purse, drill, [each for each in drivers if each.verb not in NET])
    yield BridgeRow("Closing", purse.cell(figures.closing, drill.closing()), is_sum=True)


def steps(purse: Purse, drill: Drill, drivers: list[Driver]) -> Iterator[BridgeRow]:
    for each in drivers:
        yield BridgeRow(each.label, purse.cell(each.amount, drill.rows((each.verb,))), each.ledger_rows)


def count(drivers: tuple[Driver, ...], verbs: tuple[Verb, ...]) -> int:
    return sum(each.ledger_rows for each in drivers if each.verb in verbs)
