"""Which records have a history that people read, declared at the top (`settings.HISTORIES`)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string

from tenancy.models import Member
from tenancy.rights import SEE_COST

# what only those may read who see costs, wherever it stands
COSTLY = ("price", "cost")


def own_key(record: Any) -> tuple[Any, ...]:
    return (record.pk,)


@dataclass(frozen=True)
class Recorded:
    """A kind of record: the page it is shown on, whose right opens its history, and the tables of its parts.

    `named` says what a record is called, and may read the relations `joined`. `secrets` names columns that ask for a
    right of their own.
    """

    model: type[Model]
    page: str
    right: str = "master.view"
    page_keys: Callable[[Any], tuple[Any, ...]] = own_key
    named: Callable[[Any], str] = str
    joined: tuple[str, ...] = ()
    parts: tuple[type[Model], ...] = ()
    secrets: Mapping[str, str] = field(default_factory=dict)

    @property
    def table(self) -> str:
        return self.model._meta.db_table


@cache
def histories() -> Mapping[str, Recorded]:
    """All kinds by the name that stands in an address."""
    found: Mapping[str, Recorded] = import_string(settings.HISTORIES)
    return found


@cache
def kinds_by_table() -> Mapping[str, tuple[str, bool]]:
    """The kind whose history tells of the rows of a table, and whether they are the records themselves."""
    parts = {part._meta.db_table: (name, False) for name, kind in histories().items() for part in kind.parts}
    return {**parts, **{kind.table: (name, True) for name, kind in histories().items()}}


@cache
def secret_columns() -> Mapping[tuple[str, str], str]:
    """The right that a column of a table asks for."""
    return {(kind.table, name): right for kind in histories().values() for name, right in kind.secrets.items()}


def right_for(table: str, column: str) -> str:
    """The right it takes to read this column; empty when there is none of its own."""
    if column == "sees_cost":
        return ""
    if any(part in column for part in COSTLY):
        return SEE_COST
    return secret_columns().get((table, column), "")


def rights_of(member: Member) -> frozenset[str]:
    """Those of the member that columns may ask for."""
    return frozenset(right for right in {SEE_COST, *secret_columns().values()} if member.may(right))
