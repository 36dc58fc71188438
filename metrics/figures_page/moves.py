"""Change drivers: dates moved, on their two axes, and what cancels, quantities and prices changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from metrics.drill import Drill
from metrics.figures_page.cells import Cell, Purse
from metrics.reports.bookings_billings_backlog import Section
from metrics.reports.bookings_billings_backlog.moves import Axis, Move
from orders.choices import Verb

AXIS_NAMES = {Verb.REQUEST_MOVED: "What customers asked for", Verb.COMMIT_MOVED: "What we committed"}
CHANGES = (Verb.CANCELLED, Verb.QTY_DECREASED, Verb.QTY_INCREASED, Verb.PRICE_CHANGED)


@dataclass(frozen=True)
class MoveRow:
    label: str
    initiator: str
    rows: int
    value: Cell
    mean_days: Decimal
    value_days: Decimal
    out_of_period: Cell
    out_of_quarter: Cell


@dataclass(frozen=True)
class AxisPart:
    """One axis: its rows, and what they come to with later counted up and earlier down."""

    heading: str
    rows: list[MoveRow]
    value_days: Decimal
    out_of_period: Decimal
    out_of_quarter: Decimal


@dataclass(frozen=True)
class ChangeRow:
    label: str
    rows: int
    value: Cell


def axes(section: Section, drill: Drill) -> list[AxisPart]:
    return [part_of(axis, Purse(section.currency), drill) for axis in section.moves or ()]


def part_of(axis: Axis, purse: Purse, drill: Drill) -> AxisPart:
    return AxisPart(
        AXIS_NAMES[axis.verb],
        [row_of(move, purse, drill) for move in axis.moves],
        purse.amount(axis.net_value_days),
        purse.amount(axis.net_out_of_period),
        purse.amount(axis.net_out_of_quarter),
    )


def row_of(move: Move, purse: Purse, drill: Drill) -> MoveRow:
    return MoveRow(
        f"{move.driver.capitalize()}: {move.label.lower()}",
        move.initiator.label,
        move.rows,
        purse.cell(move.value, drill.moves(move)),
        move.mean_days,
        purse.amount(move.value_days),
        purse.cell(move.out_of_period, drill.moves(move, "period")),
        purse.cell(move.out_of_quarter, drill.moves(move, "quarter")),
    )


def changes(section: Section, drill: Drill) -> Iterator[ChangeRow]:
    purse = Purse(section.currency)
    by_verb = {each.verb: each for each in section.drivers}
    for verb in CHANGES:
        each = by_verb.get(verb)
        if each:
            yield ChangeRow(each.label, each.ledger_rows, purse.cell(each.amount, drill.rows((verb,))))
