"""CSV and XLSX writers: headings, then rows as they come. Nothing is kept in memory."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from xlsxwriter import Workbook

from values.csvsafe import neutralise

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOM = "\ufeff"
CHUNK_ROWS = 500
# Excel keeps fifteen digits of a number: more would be silently changed, so they travel as text
EXACT_DIGITS = 15


class Line:
    """A file for csv.writer that only remembers what was written last."""

    def __init__(self) -> None:
        self.buffer = io.StringIO()

    def write(self, text: str) -> int:
        return self.buffer.write(text)

    def take(self) -> str:
        text = self.buffer.getvalue()
        self.buffer = io.StringIO()
        return text


def csv_chunks(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, so that Excel reads the letters right; numbers and dates ISO."""
    line = Line()
    writer = csv.writer(line)
    line.write(BOM)
    writer.writerow([text_cell(heading) for heading in headings])
    for number, row in enumerate(rows, start=1):
        writer.writerow([csv_cell(value) for value in row])
        if number % CHUNK_ROWS == 0:
            yield line.take().encode()
    yield line.take().encode()


def csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return text_cell(value)


def text_cell(value: Any) -> str:
    return neutralise(str(value))


def xlsx_file(headings: Sequence[str], rows: Iterable[Sequence[Any]], *, sheet: str = "Rows") -> BinaryIO:
    """A workbook in a temporary file, read from its start. Text is never taken for a formula or a link."""
    target = TemporaryFile()  # noqa: SIM115  the response closes it when it was sent
    with open_workbook(target) as workbook:
        add_sheet(workbook, sheet_name(sheet), headings, rows)
    target.seek(0)
    return target


def open_workbook(target: BinaryIO) -> Workbook:
    """Row by row, never with a formula or a link in it. It is written when it is closed."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    return Workbook(target, {**options, "default_date_format": "yyyy-mm-dd"})


def add_sheet(workbook: Workbook, name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    page = workbook.add_worksheet(name)
    bold, instant = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    page.freeze_panes(1, 0)
    for column, heading in enumerate(headings):
        page.write_string(0, column, str(heading), bold)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            write_cell(page, number, column, value, instant)


def write_cell(page: Any, row: int, column: int, value: Any, instant: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_string(row, column, "yes" if value else "no")
    elif isinstance(value, dt.datetime):
        page.write_datetime(row, column, value.replace(tzinfo=None), instant)
    elif isinstance(value, dt.date):
        page.write_datetime(row, column, value)
    elif isinstance(value, int | float | Decimal) and is_exact(value):
        page.write_number(row, column, value)
    else:
        page.write_string(row, column, str(value))


def is_exact(value: float | Decimal) -> bool:
    return isinstance(value, float) or len(Decimal(value).as_tuple().digits) <= EXACT_DIGITS


def sheet_name(wanted: str) -> str:
    """Excel allows 31 characters and none of `[]:*?/\\`."""
    return "".join(" " if letter in "[]:*?/\\" else letter for letter in wanted)[:31].strip("'") or "Rows"
