"""An entry of the audit trail in words."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from people.histories import right_for
from people.schema import column_words, places_in
from tenancy.models import AuditEntry

HIDDEN = "hidden"
# keys, and what only repeats another column
WITHOUT_MEANING = frozenset({
    "id", "tenant_id", "created_at", "learnt_at", "updated_at", "secret_hash", "normalised", "normalised_name",
    "owner_key", "subject_key", "decided_at",
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


def changes(
    entry: AuditEntry, *, rights: Collection[str], spell: Speller = as_it_stands, without: Collection[str] = ()
) -> list[Change]:
    """Field by field in the order of the model, the unchanged and `without` left out.

    What asks for a right is hidden from those without it.
    """
    before, after = entry.before or {}, entry.after or {}
    table, places = entry.table_name, places_in(entry.table_name)
    found = []
    for name in sorted({**before, **after}, key=lambda name: (places.get(name, len(places)), name)):
        old, new = before.get(name), after.get(name)
        if name in WITHOUT_MEANING or name in without or is_same(old, new):
            continue
        right = right_for(table, name)
        told = (HIDDEN, HIDDEN) if right and right not in rights else (spell(table, name, old), spell(table, name, new))
        found.append(Change(column_words(table, name), *told))
    return found


def is_same(old: Any, new: Any) -> bool:
    """An empty field of a new row is no news."""
    return bool(old == new or spelled(old) == spelled(new))
