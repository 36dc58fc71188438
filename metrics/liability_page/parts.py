"""The parts of the liability page, as its templates read them."""

from dataclasses import dataclass

from metrics.figures_page.cells import Cell, Purse


def linked(purse: Purse, minor: int, href: str) -> Cell:
    """Nothing leads to no rows."""
    return purse.cell(minor, href if minor else "")


@dataclass(frozen=True)
class Tile:
    label: str
    figure: Cell
    note: str


@dataclass(frozen=True)
class Row:
    """A line of a table: open, recoverable, estimated, claimed by age, and settled up to the day."""

    label: str
    note: str
    href: str
    open: Cell
    recoverable: Cell
    estimated: Cell
    claimed: Cell
    ages: list[Cell]
    settled: Cell
    css: str = ""


@dataclass(frozen=True)
class MovedRow:
    label: str
    cells: list[Cell]
    is_sum: bool = False


@dataclass(frozen=True)
class CreditRow:
    pk: int
    number: str
    day: object
    partner: str
    rows: int
    settled: Cell


@dataclass(frozen=True)
class View:
    """One dimension. `left_out` members are not shown; the sum holds them."""

    name: str
    heading: str
    rows: list[Row]
    total: Row
    left_out: int
