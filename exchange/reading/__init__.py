"""Bytes to a table of texts, whatever the file is: found out by looking, never by its name."""

from exchange.errors import Unreadable
from exchange.limits import LIMITS, Limits
from exchange.parsing.cells import Formats
from exchange.reading.table import Table, TableRow, heading_key
from exchange.reading.text import read_csv
from exchange.reading.workbook import read_xlsx

__all__ = ["Table", "TableRow", "heading_key", "read_table"]

_ZIP = b"PK"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_OTHERS = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"%PDF-": "a PDF",
}


def read_table(
    content: bytes, *, known: frozenset[str], formats: Formats | None = None, limits: Limits = LIMITS
) -> Table:
    """Raises Unreadable with one plain sentence for whatever cannot be read."""
    formats = formats or Formats()
    if len(content) > limits.file_bytes:
        raise Unreadable("too_large", f"The file is larger than {limits.file_bytes // 2**20} MB: split it.")
    if not content.strip():
        raise Unreadable("empty_file", "The file is empty.")
    if content.startswith(_OLD_OFFICE):
        raise Unreadable(
            "old_format", "This is the old XLS format, or a workbook with a password. Save it as XLSX without one."
        )
    if other := next((what for head, what in _OTHERS.items() if content.startswith(head)), None):
        raise Unreadable("not_text", f"This is {other}, not a table. Choose a CSV or an XLSX file.")
    if content.startswith(_ZIP):
        return read_xlsx(content, formats=formats, limits=limits)
    return read_csv(content, known=known, limits=limits)
