"""Columns of a list: where a value comes from, how a page shows it and what an export carries.

A column is plain data. `cell` gives markup for the page, `value` the bare value for CSV and XLSX, so that a file
holds numbers and dates and not their spelling.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.html import conditional_escape
from django.utils.text import slugify

from ui.addresses import address_of
from ui.cells import chip, escaped, link
from ui.figures import EMPTY, figure

Path = str | Callable[[Any], Any]


def read(row: Any, path: Path) -> Any:
    """What `path` leads to from `row`; None where it ends early."""
    if callable(path):
        return path(row)
    found = row
    for name in path.split("."):
        found = getattr(found, name, None)
        if found is None:
            return None
        if callable(found):
            found = found()
    return found


slug_of = lru_cache(maxsize=1_000)(slugify)


@dataclass(frozen=True)
class Place:
    """Where and when a table stands: the tenant's slug for links, its zone for instants, its own today.

    `may` says whether the reader has a right, for links that lead on in some rows only.
    """

    slug: str
    zone: ZoneInfo
    today: dt.date = dt.date.min
    may: Callable[[str], bool] = lambda right: False


@dataclass(frozen=True, kw_only=True)
class Options:
    css: str = ""
    # name of the page's ordering that this heading switches to
    sort: str = ""
    # the right a member needs to see the column, in page and file alike
    right: str = ""
    # shown only when somebody chooses it
    is_extra: bool = False
    # stands back on a narrow screen, unless somebody chose it
    is_wide_only: bool = False
    # the relation that the column reads, joined only where the column is shown
    needs: str = ""


@dataclass(frozen=True)
class Column(Options):
    """Text. `path` is attributes joined by dots, methods without arguments included, or a function of the row."""

    label: str = field(kw_only=False)
    path: Path = field(kw_only=False)

    @property
    def key(self) -> str:
        """How a choice of columns names it; a column without a label (a verb) is not chosen but always there."""
        return slug_of(self.label)

    def value(self, row: Any) -> Any:
        return read(row, self.path)

    def cell(self, row: Any, place: Place) -> str:
        value = self.value(row)
        return EMPTY if value is None or value == "" else self.show(value, place)

    def show(self, value: Any, place: Place) -> str:
        return escaped(value)

    @property
    def classes(self) -> str:
        return f"{self.css} wide-only".strip() if self.is_wide_only else self.css


@dataclass(frozen=True)
class Figure(Column):
    """A number to the right, in tabular figures. Without `places` a Decimal keeps those it has."""

    places: int | None = None

    def show(self, value: Decimal | int, place: Place) -> str:
        return figure(value, self.places)

    @property
    def classes(self) -> str:
        return f"num {super().classes}".strip()


@dataclass(frozen=True)
class Date(Column):
    """A calendar day."""

    def show(self, value: dt.date, place: Place) -> str:
        return f"{value:%d %b %Y}"


@dataclass(frozen=True)
class ShortDate(Date):
    """A calendar day of a dense table: the year is said only where it is not this one."""

    def show(self, value: dt.date, place: Place) -> str:
        return f"{value:%d %b}" if value.year == place.today.year else f"{value:%d %b %y}"


@dataclass(frozen=True)
class Instant(Column):
    """A moment, shown on the tenant's clock."""

    def show(self, value: dt.datetime, place: Place) -> str:
        return f"{value.astimezone(place.zone):%d %b %Y %H:%M}"


@dataclass(frozen=True)
class ShortInstant(Instant):
    """A moment of a dense table: the year is said only where it is not this one."""

    def show(self, value: dt.datetime, place: Place) -> str:
        here = value.astimezone(place.zone)
        return f"{here:%d %b %H:%M}" if here.year == place.today.year else f"{here:%d %b %y %H:%M}"


@dataclass(frozen=True)
class Link(Column):
    """Text that opens a page of the tenant; `args` are paths into the row."""

    url_name: str = ""
    args: tuple[Path, ...] = ("pk",)

    def cell(self, row: Any, place: Place) -> str:
        value = self.value(row)
        if value is None:
            return EMPTY
        found = [read(row, path) for path in self.args]
        if None in found:
            return conditional_escape(value)
        return link(address_of(self.url_name, place.slug, *found), value)


@dataclass(frozen=True)
class Chip(Column):
    """A word of state. `tone` maps the value of `tone_path` (or of the row) to good, warn, bad or info."""

    tones: dict[Any, str] = field(default_factory=dict)
    tone_path: str = ""

    def cell(self, row: Any, place: Place) -> str:
        value = self.value(row)
        if value is None or value == "":
            return EMPTY
        key = read(row, self.tone_path) if self.tone_path else value
        return chip(value, self.tones.get(key, ""))


@dataclass(frozen=True)
class YesNo(Column):
    def show(self, value: bool, place: Place) -> str:  # noqa: FBT001  a value to show, not a switch
        return "yes" if value else "no"


def verb(text: str, url_name: str, args: tuple[Path, ...] = ("pk",), *, right: str = "") -> Link:
    """A link that is the same word in every row. It is no matter of choice and is in no file."""
    return Link("", lambda row: text, url_name=url_name, args=args, right=right)
