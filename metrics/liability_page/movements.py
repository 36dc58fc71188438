"""The roll-forward: from opening to closing by entry, bucket by bucket, each amount with its rows."""

from collections.abc import Iterator

from channel_inventory.reports.rebate_liability import Section
from channel_inventory.reports.rebate_liability.figures import Figures
from metrics.drill import EVERYTHING, Only
from metrics.figures_page.cells import Cell, Purse
from metrics.liability_page.drill import LiabilityDrill
from metrics.liability_page.parts import MovedRow, linked
from metrics.liability_page.rows import CLAIMED, ESTIMATED


def moved_rows(section: Section, drill: LiabilityDrill, purse: Purse) -> Iterator[MovedRow]:
    """Each kind, then all of them."""
    for kind in section.kinds:
        only = {"kind": kind.name.code}
        yield MovedRow(f"{kind.name.name}, estimated", estimated(kind.figures, drill, purse, only))
        yield MovedRow(f"{kind.name.name}, claimed", claimed(kind.figures, drill, purse, only))
    yield MovedRow("All, estimated", estimated(section.figures, drill, purse, EVERYTHING), is_sum=True)
    yield MovedRow("All, claimed", claimed(section.figures, drill, purse, EVERYTHING), is_sum=True)


def estimated(each: Figures, drill: LiabilityDrill, purse: Purse, only: Only) -> list[Cell]:
    entries = (
        ("accrue", each.accrued), ("adjust", each.adjusted), ("approve", each.approved_estimated),
        ("deny", each.denied), ("settle", 0), ("reverse", each.reversed_estimated),
    )  # fmt: skip
    return [
        linked(purse, each.opening_estimated, drill.opening(ESTIMATED, only)),
        *(linked(purse, minor, drill.entry(entry, ESTIMATED, only)) for entry, minor in entries),
        linked(purse, each.estimated, drill.estimated(only)),
    ]


def claimed(each: Figures, drill: LiabilityDrill, purse: Purse, only: Only) -> list[Cell]:
    entries = (
        ("accrue", 0), ("adjust", 0), ("approve", each.approved_claimed), ("deny", 0),
        ("settle", each.settled_within), ("reverse", each.reversed_claimed),
    )  # fmt: skip
    return [
        linked(purse, each.opening_claimed, drill.opening(CLAIMED, only)),
        *(linked(purse, minor, drill.entry(entry, CLAIMED, only)) for entry, minor in entries),
        linked(purse, each.claimed, drill.claimed(only)),
    ]
