"""An entry of the audit trail in words."""

from dataclasses import dataclass
from typing import Any

from tenancy.models import AuditEntry

HIDDEN = "hidden"
# what only those may read who see costs, wherever it stands
COSTLY = ("price", "cost")
WITHOUT_MEANING = frozenset({"id", "tenant_id", "created_at", "secret_hash"})


@dataclass(frozen=True)
class Change:
    field: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.field}: {self.before} → {self.after}"


def changes(entry: AuditEntry, *, sees_cost: bool) -> list[Change]:
    """Field by field, the unchanged left out; amounts are hidden from those who see no cost."""
    before, after = entry.before or {}, entry.after or {}
    names = [name for name in {**before, **after} if name not in WITHOUT_MEANING]
    found = []
    for name in names:
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        is_hidden = not sees_cost and any(part in name for part in COSTLY) and name != "sees_cost"
        found.append(Change(words(name), *((HIDDEN, HIDDEN) if is_hidden else (spelled(old), spelled(new)))))
    return found


def words(name: str) -> str:
    return name.removesuffix("_id").replace("_", " ")


def spelled(value: Any) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(spelled(one) for one in value) or "—"
    return str(value)


def table_words(table: str) -> str:
    """`parties_partyrolefact` is a fact of the app parties."""
    return table.partition("_")[2].replace("_", " ") or table
