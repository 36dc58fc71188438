"""What the keys and codes in audit entries stand for, with one query for each kind of record that they name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Model

from people.audit import spelled
from people.histories import histories, kinds_by_table
from people.schema import columns_of
from tenancy.models import AuditEntry, Member, User

Key = tuple[type[Model], int]


@dataclass(frozen=True)
class Subject:
    """The record that an entry is about, or part of it is: its history is `kind`, `pk`, which asks for `right`."""

    name: str
    kind: str
    pk: int
    right: str


class Names:
    """`spell(table, column, value)` gives a value as people know it."""

    def __init__(self, entries: Iterable[AuditEntry]):
        wanted: dict[type[Model], set[int]] = defaultdict(set)
        for model, key in keys_in(entries):
            wanted[model].add(key)
        self._names = {model: names_of(model, keys) for model, keys in wanted.items()}

    def spell(self, table: str, column: str, value: Any) -> str:
        if value is None:
            return spelled(value)
        model = named_by(table, column)
        if model is not None:
            return self._names.get(model, {}).get(value, gone(value))
        return choices_of(table, column).get(str(value), spelled(value))


def subjects_of(entries: Sequence[AuditEntry]) -> dict[int, Subject]:
    """By the entries' own keys; none of a table that is no record's."""
    wanted: dict[str, dict[int, int]] = defaultdict(dict)
    for entry in entries:
        kind, is_own = kinds_by_table().get(entry.table_name, ("", False))
        if kind and (key := entry.row_id if is_own else entry.about_id):
            wanted[kind][entry.pk] = key
    return {entry: subject for kind, keys in wanted.items() for entry, subject in subjects_among(kind, keys)}


def subjects_among(kind: str, keys: Mapping[int, int]) -> Iterator[tuple[int, Subject]]:
    recorded = histories()[kind]
    rows: Any = recorded.model._default_manager.filter(pk__in=set(keys.values()))
    names = {row.pk: recorded.named(row) for row in rows.select_related(*recorded.joined)}
    for entry, key in keys.items():
        yield entry, Subject(names.get(key, gone(key)), kind, key, recorded.right)


def gone(key: int) -> str:
    return f"number {key}, gone since"


def keys_in(entries: Iterable[AuditEntry]) -> Iterator[Key]:
    for entry in entries:
        told = [*(entry.before or {}).items(), *(entry.after or {}).items()]
        for column, value in told:
            model = named_by(entry.table_name, column)
            if model is not None and value is not None:
                yield model, value


def names_of(model: type[Model], keys: Iterable[int]) -> dict[int, str]:
    found: Any = model._default_manager.filter(pk__in=keys)
    if model is Member:
        return {member.pk: str(member.user) for member in found.select_related("user")}
    return {row.pk: str(row) for row in found}


@cache
def named_by(table: str, column: str) -> type[Model] | None:
    """The kind of record that a column's values are keys of."""
    field = columns_of(table).get(column)
    if column == "tenant_id" or field is None:
        return None
    if column == "party_id":
        # plain on the floors below the parties
        return histories()["party"].model
    related = field.related_model
    return related if isinstance(related, type) and related is not User else None


@cache
def choices_of(table: str, column: str) -> dict[str, str]:
    field = columns_of(table).get(column)
    return {str(value): str(label) for value, label in (field.flatchoices if field else ())}
