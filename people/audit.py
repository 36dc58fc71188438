"""An entry of the audit trail in words."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from people.histories import right_for
from tenancy.models import AuditEntry

HIDDEN = "hidden"
# keys, and what only repeats another column
WITHOUT_MEANING = frozenset({
    "id", "tenant_id", "created_at", "updated_at", "secret_hash", "normalised", "normalised_name", "owner_key",
    "subject_key",
})  # fmt: skip
DONE = {"insert": "Created", "update": "Changed", "delete": "Deleted"}

Speller = Callable[[str, str, Any], str]


@dataclass(frozen=True)
class Change:
    field: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.field}: {self.before} → {self.after}"


@dataclass(frozen=True)
class Told:
    """One entry: when, who, what was done to which kind of row, field by field, and why."""

    at: dt.datetime
    who: str
    what: str
    done: str
    changes: list[Change]
    reason: str


def spelled(value: Any) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(spelled(one) for one in value) or "—"
    if isinstance(value, dict):
        return ", ".join(f"{name} = {spelled(one)}" for name, one in value.items()) or "—"
    return str(value)


def as_it_stands(table: str, column: str, value: Any) -> str:
    return spelled(value)


def changes(entry: AuditEntry, *, rights: Collection[str], spell: Speller = as_it_stands) -> list[Change]:
    """Field by field, the unchanged left out; what asks for a right is hidden from those without it."""
    before, after = entry.before or {}, entry.after or {}
    found = []
    for name in {**before, **after}:
        old, new = before.get(name), after.get(name)
        if name in WITHOUT_MEANING or is_same(old, new):
            continue
        right = right_for(entry.table_name, name)
        if right and right not in rights:
            found.append(Change(words(name), HIDDEN, HIDDEN))
        else:
            found.append(Change(words(name), spell(entry.table_name, name, old), spell(entry.table_name, name, new)))
    return found


def is_same(old: Any, new: Any) -> bool:
    """An empty field of a new row is no news."""
    return bool(old == new or spelled(old) == spelled(new))


def words(name: str) -> str:
    return name.removesuffix("_id").replace("_", " ")


def table_words(table: str) -> str:
    """`parties_partyrolefact` is a fact of the app parties."""
    return table.partition("_")[2].replace("_", " ") or table
