"""The line of figures on top: what was booked, billed and is open, each beside what it was before."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from metrics.drill import Drill
from metrics.figures_page.cells import Cell, Purse, change, ratio_cell, share
from metrics.reports.bookings_billings_backlog import Section

UP, DOWN = "good", "bad"


@dataclass(frozen=True)
class Tile:
    """`change` is in per cent; `before` the figure it changes from, and `note` what else is to be known."""

    label: str
    figure: Cell
    change: Decimal | None = None
    change_tone: str = ""
    before: Cell | None = None
    before_words: str = "from"
    note: str = ""


def tiles_of(section: Section, drill: Drill, before: Drill) -> Iterator[Tile]:
    """`before` leads to the rows of the days compared with."""
    purse, figures = Purse(section.currency), section.figures
    was = section.before
    net, billed = (was.net_bookings, was.billings) if was else (None, None)
    yield compared("Net bookings", purse, figures.net_bookings, net, (drill.net(), before.net()))
    yield compared("Billings", purse, figures.billings, billed, (drill.billings(), before.billings()))
    yield Tile(
        "Book-to-bill",
        ratio_cell(figures.book_to_bill, drill.book_to_bill()),
        before=ratio_cell(was.book_to_bill, before.book_to_bill()) if was else None,
        before_words="was",
        note=average_words(section),
    )
    yield compared("Backlog", purse, figures.closing, figures.opening, (drill.closing(), drill.opening()))
    yield late_tile(section, drill, purse)
    if section.unbilled is not None:
        yield Tile(
            "Shipped, not billed",
            purse.cell(section.unbilled, drill.unbilled()),
            before=purse.cell(section.unbilled_before or 0, drill.unbilled_before()),
        )


def compared(label: str, purse: Purse, now: int, was: int | None, hrefs: tuple[str, str]) -> Tile:
    cell = purse.cell(now, hrefs[0])
    if was is None:
        return Tile(label, cell, note="a day before lacks an exchange rate")
    moved = change(now, was)
    return Tile(label, cell, moved, tone_of(moved, UP), purse.cell(was, hrefs[1]))


def late_tile(section: Section, drill: Drill, purse: Purse) -> Tile:
    bucket = section.due.late
    late = bucket.reporting_value if section.is_converted else bucket.value
    moved, part = change(late, section.late_before), share(late, section.figures.closing)
    return Tile(
        "Delinquent",
        purse.cell(late, drill.late(), "bad" if late else ""),
        moved,
        tone_of(moved, DOWN),
        purse.cell(section.late_before, drill.late_before()),
        note="" if part is None else f"{part} % of backlog",
    )


def tone_of(moved: Decimal | None, when_up: str) -> str:
    if not moved:
        return ""
    other = DOWN if when_up == UP else UP
    return when_up if moved > 0 else other


def average_words(section: Section) -> str:
    average = section.trend[-1].book_to_bill_3 if section.trend else None
    return "" if average is None else f"{average:.2f} over 3 periods"
