"""What stands around a list's rows: tabs, the choice of columns, the sizes of a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from ui.columns import Column
from ui.models import SavedView

PAGE_SIZES = (25, 50, 100, 200)


@dataclass(frozen=True)
class Tab:
    label: str
    href: str
    is_current: bool
    is_shared: bool = False


@dataclass(frozen=True)
class ColumnPick:
    key: str
    label: str
    is_shown: bool


@dataclass(frozen=True)
class PageSize:
    rows: int
    is_current: bool


def tabs(offered: Iterable[tuple[str, str]], saved: Iterable[SavedView], *, now: str, home: str) -> list[Tab]:
    """Those of the page, then the saved ones. Current is the first whose query string is the one asked for."""
    found = [(label, query, f"?{query}" if query else home, False) for label, query in offered]
    found += [(each.name, each.query, f"?{each.query}" if each.query else home, each.is_shared) for each in saved]
    current = next((place for place, (_, query, _, _) in enumerate(found) if query == now), None)
    return [Tab(label, href, place == current, shared) for place, (label, _, href, shared) in enumerate(found)]


def column_picks(shown: Sequence[Column], possible: Sequence[Column]) -> list[ColumnPick]:
    """All that may be chosen: those shown in their order, then the others in the table's."""
    keys = {column.key for column in shown}
    picks = [ColumnPick(column.key, column.label, is_shown=True) for column in shown if column.key]
    others = [column for column in possible if column.key and column.key not in keys]
    return [*picks, *(ColumnPick(column.key, column.label, is_shown=False) for column in others)]


def page_sizes(now: int, usual: int) -> list[PageSize]:
    return [PageSize(rows, rows == now) for rows in sorted({*PAGE_SIZES, usual})]


def hidden_fields(params: QueryDict, *, only: Sequence[str] = (), without: Sequence[str] = ()) -> list[tuple[str, str]]:
    """(name, value) of what a form of the list carries on from the address."""
    passing = (*without, "view", "count", "export")
    kept = [name for name in params if name not in passing and (not only or name in only)]
    return [(name, value) for name in kept for value in params.getlist(name)]
