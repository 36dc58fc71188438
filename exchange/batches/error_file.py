"""The rows that were refused, as received, with the reasons beside them: ready to be mended and uploaded again."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from exchange.reading.text import SEPARATORS
from exchange.rows import Row
from ui.exports import CSV_TYPE, XLSX_TYPE, xlsx_file
from values.csvsafe import neutralise

ERRORS = "errors"


def error_file(rows: Iterable[Row], columns: Sequence[str], dialect: str) -> tuple[bytes, str, str]:
    """Content, content type and ending, in the dress of the file that came in."""
    headings = [column for column in columns if column.strip().casefold() != ERRORS]
    lines = (cells_of(row, headings) for row in rows)
    if dialect == "xlsx":
        with xlsx_file([*headings, ERRORS], lines, sheet="Errors") as file:
            return file.read(), XLSX_TYPE, "xlsx"
    return csv_bytes([*headings, ERRORS], lines, SEPARATORS.get(dialect, ",")), CSV_TYPE, "csv"


def error_file_name(file_name: str, ending: str) -> str:
    return f"{PurePath(file_name).stem}.errors.{ending}"


def cells_of(row: Row, headings: Sequence[str]) -> list[str]:
    # a cell that came guarded stays as it is, and is guarded once
    return [*(guarded(row.source.get(heading, "")) for heading in headings), reasons(row)]


def guarded(text: str) -> str:
    return text if text.startswith("'") else neutralise(text)


def reasons(row: Row) -> str:
    said = (f"{finding.field}: {finding.message}" if finding.field else finding.message for finding in row.findings)
    return neutralise(" | ".join(said))


def csv_bytes(headings: Sequence[str], lines: Iterable[Sequence[str]], separator: str) -> bytes:
    def written() -> Iterator[str]:
        target = io.StringIO()
        writer = csv.writer(target, delimiter=separator)
        writer.writerow(map(guarded, headings))
        writer.writerows(lines)
        yield target.getvalue()

    return "".join(written()).encode("utf-8-sig")
