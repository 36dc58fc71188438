"""Empty templates, and exports in the same columns: what is exported and uploaded again changes nothing."""

from collections.abc import Iterable, Sequence
from typing import Any

from exchange.kinds import ImportKind
from ui.exports import csv_chunks, xlsx_file

ENDINGS = ("csv", "xlsx")


def export_bytes(kind: ImportKind, ending: str) -> bytes:
    """All rows of the tenant in scope. Raises ValueError for an ending that is not offered."""
    return table_bytes(kind, kind.export(), ending)


def template_bytes(kind: ImportKind, ending: str) -> bytes:
    """The headings alone."""
    return table_bytes(kind, (), ending)


def table_bytes(kind: ImportKind, rows: Iterable[Sequence[Any]], ending: str) -> bytes:
    if ending == "csv":
        return b"".join(csv_chunks(kind.names, rows))
    if ending == "xlsx":
        with xlsx_file(kind.names, rows, sheet=kind.title) as file:
            return file.read()
    raise ValueError(f"There is no export “{ending}”: {' or '.join(ENDINGS)}.")
