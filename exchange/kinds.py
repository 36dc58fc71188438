"""Kinds of files, declared by the apps above and assembled at the top (`settings.IMPORT_KINDS`)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from exchange.columns import Column
from exchange.errors import UnknownKind
from exchange.models import ImportBatch
from exchange.parsing.cells import Formats
from exchange.reading.table import Table
from exchange.rows import Context, Row
from tenancy.models import Member


@dataclass(frozen=True)
class Reader:
    """Another form in which a kind may come: `recognises` looks at the first bytes, `read` gives the same columns."""

    name: str
    recognises: Callable[[bytes], bool]
    read: Callable[[bytes, Formats, int | None], Table]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One figure of what taking a file will do; `tone` is good, warn or bad."""

    label: str
    count: int
    note: str = ""
    tone: str = ""


@dataclass(frozen=True)
class ImportKind:
    """One kind of file.

    `check` gets the rows whose cells are right and references found; it sets `change` and `subject` and adds
    findings. `accept` writes those that are to be taken, all at once. `export` gives rows in the order of `columns`.
    `key` names the columns that tell one row from another within a file; `one_of` groups of which one is enough.
    A document (an order) is entered once: rows that an earlier upload of the same file brought in are unchanged
    without being compared. `partner_column` is filled with the partner whose file it is.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    check: Callable[[Sequence[Row], Context], None]
    accept: Callable[[Sequence[Row], Context], None]
    export: Callable[[], Iterable[Sequence[Any]]]
    right: str
    key: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    is_document: bool = False
    partner_column: str = ""
    readers: tuple[Reader, ...] = ()
    # runs before cells are parsed and may fill texts that the file leaves out
    prepare: Callable[[Sequence[Row], Context], None] | None = None
    # looks up what depends on other columns; gets refused rows too, so that all that is unknown is listed at once
    look_up: Callable[[Sequence[Row], Context], None] | None = None
    help: str = ""
    # whoever sees its files and takes its export; kinds with costs or agreed prices ask for that right
    view_right: str = "files.import"
    is_open_to_partners: bool = False
    # what the preview says beside the counts of rows
    foresee: Callable[[ImportBatch], Sequence[Foreseen]] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def is_visible_to(self, member: Member) -> bool:
        return self.is_open_to_partners if member.is_outsider else member.may(self.view_right)

    def is_open_to(self, member: Member) -> bool:
        """May this member upload it?"""
        if member.is_outsider:
            return self.is_open_to_partners and member.may("partner.files")
        return all(member.may(right) for right in ("files.import", self.right, self.view_right))


@cache
def kinds() -> Mapping[str, ImportKind]:
    """All kinds by name, in the order in which an empty tenant takes them."""
    declared: Sequence[ImportKind] = import_string(settings.IMPORT_KINDS)
    return {kind.name: kind for kind in declared}


def kind_named(name: str) -> ImportKind:
    try:
        return kinds()[name]
    except KeyError:
        raise UnknownKind(f"There is no kind “{name}”. Known: {', '.join(kinds())}.") from None
