"""Files as senders make them."""

import io
from collections.abc import Sequence
from typing import Any

from xlsxwriter import Workbook

from exchange.actions.import_file import import_file
from exchange.models import ImportBatch, ImportRow
from tests.fixtures import NOW


def csv_file(*lines: str, separator: str = ",", encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    return (end.join(lines) + end).replace(",", separator).encode(encoding)


def xlsx_file(rows: Sequence[Sequence[Any]]) -> bytes:
    target = io.BytesIO()
    with Workbook(target, {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return target.getvalue()


def take(kind: str, content: bytes | str, **options: Any) -> ImportBatch:
    """Import and accept what is good, as the command does."""
    content = content.encode() if isinstance(content, str) else content
    return import_file(kind=kind, name=f"{kind}.csv", content=content, by=None, at=NOW, **options)


def codes(batch: ImportBatch) -> list[tuple[int, str, str]]:
    """(row, field, code) of every finding, in the order of the file."""
    rows = ImportRow.objects.filter(batch=batch).order_by("number")
    return [(row.number, finding["field"], finding["code"]) for row in rows for finding in row.findings]


def counts(batch: ImportBatch) -> tuple[int, int, int, int]:
    """Accepted, rejected, unchanged, waiting."""
    return batch.accepted_count, batch.rejected_count, batch.unchanged_count, batch.warning_count
