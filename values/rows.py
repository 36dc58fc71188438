"""Rows as JSON: one parameter for any number of them, whatever their types."""

import json
from collections.abc import Iterable, Mapping
from typing import Any


def as_json(rows: Iterable[Mapping[str, Any]]) -> str:
    """A list for `json_to_recordset`. Decimals, dates and instants become text that PostgreSQL reads exactly.

    The driver's arrays are bound element by element, one array a column: several times slower.
    """
    return json.dumps(list(rows), default=str)


def as_array(values: Iterable[object]) -> str:
    """Numbers or days as the text of an array. None is NULL. The driver passes a text on as it is."""
    return "{" + ",".join("NULL" if value is None else str(value) for value in values) + "}"


def as_text_array(values: Iterable[str]) -> str:
    """Texts as the text of an array, whatever they hold."""
    return "{" + ",".join(quoted(value) for value in values) + "}"


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
