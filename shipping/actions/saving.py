"""What the four kinds of set-up records share when one of them is saved."""

from collections.abc import Mapping
from typing import Any

from shipping.errors import Problem, StaleVersion, refuse


def locked(model: type[Any], pk: int, version: int | None) -> Any:
    """The row, locked. With a `version`: only while nobody has saved since. Raises StaleVersion."""
    found = model._default_manager.select_for_update().get(pk=pk)
    if version is not None and found.version != version:
        raise StaleVersion(found)
    return found


def refuse_taken_code(model: type[Any], code: str, pk: int | None, title: str) -> None:
    if model._default_manager.filter(code=code).exclude(pk=pk).exists():
        refuse([Problem("code", "code_taken", f"There are {title} “{code}” already.")])


def assign(record: Any, values: Mapping[str, Any]) -> bool:
    """Set the values; did any of them differ?"""
    differing = [name for name, value in values.items() if getattr(record, name) != value]
    for name in differing:
        setattr(record, name, values[name])
    return bool(differing)
