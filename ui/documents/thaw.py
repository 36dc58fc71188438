"""Documents as they were stored: frozen dataclasses of text, tuples and flags, to JSON and back."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Document = TypeVar("Document")


def thaw(kind: type[Document], stored: Mapping[str, Any]) -> Document:
    """The document that `dataclasses.asdict` made `stored` of; what a newer field lacks takes its default."""
    hints = get_type_hints(kind)
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # only dataclasses come here
    return kind(**{name: value_of(hints[name], value) for name, value in stored.items() if name in names})


def value_of(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) in (Union, UnionType):
        hint = next(each for each in get_args(hint) if each is not type(None))
    if get_origin(hint) is tuple:
        return tuple(value_of(get_args(hint)[0], each) for each in value)
    return thaw(hint, value) if isinstance(hint, type) and is_dataclass(hint) else value
