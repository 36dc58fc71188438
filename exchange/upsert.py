"""Comparing rows with what is there, and writing what differs: shared by kinds whose rows are records of ours."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import Model

from exchange.choices import RowChange
from exchange.rows import Row

M = TypeVar("M", bound=Model)
CHUNK = 2_000


def given(
    row: Row, *, texts: Collection[str] = (), nullables: Collection[str] = (), kept: Collection[str] = ()
) -> dict[str, Any]:
    """Field values from the columns that the file has. A column that is not in the file leaves its field alone.

    An empty cell clears `texts` and `nullables`; `kept` have a default, and an empty cell keeps what is there.
    """
    found = {name: row.values[name] or "" for name in texts if name in row.values}
    found.update({name: row.values[name] for name in nullables if name in row.values})
    found.update({name: row.values[name] for name in kept if row.values.get(name) is not None})
    return found


def propose(row: Row, found: M | None, fresh: Callable[..., M], key: Mapping[str, Any], wanted: Mapping[str, Any]) -> M:
    """Set the wanted values on the record (or on a new one with this key) and note on the row what that changes."""
    subject = fresh(**key) if found is None else found
    differing = [name for name, value in wanted.items() if getattr(subject, name) != value]
    for name in differing:
        setattr(subject, name, wanted[name])
    row.subject = subject
    row.change = RowChange.CREATE if found is None else RowChange.UPDATE if differing else RowChange.UNCHANGED
    return subject


def upsert(model: type[M], records: Sequence[M], *, unique: Sequence[str], fields: Sequence[str]) -> list[M]:
    """Insert the records, or update `fields` of those whose `unique` values (within the tenant) are there."""
    return model._default_manager.bulk_create(
        records,
        update_conflicts=True,
        unique_fields=["tenant", *unique],
        update_fields=list(fields),
        batch_size=CHUNK,
    )
