"""XLSX, through calamine, after `zip_guard` has counted what is inside."""

import datetime as dt
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from exchange.errors import Unreadable
from exchange.limits import Limits
from exchange.parsing.cells import Formats, write_date, write_number
from exchange.reading.table import Table, build_table
from exchange.reading.zip_guard import DAMAGED, check_workbook


def read_xlsx(content: bytes, *, formats: Formats, limits: Limits) -> Table:
    """The first sheet that has cells. Numbers and dates are spelled as `formats` reads them. Raises Unreadable."""
    check_workbook(content, limits)
    lines = numbered_lines(first_sheet(content), formats)
    return build_table(lines, dialect="xlsx", limits=limits, is_ragged=True)


def first_sheet(content: bytes) -> list[list[Any]]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if rows:
                return rows
    except CalamineError as error:
        raise Unreadable("damaged_file", DAMAGED) from error
    except BaseException as error:
        # a panic of the native reader is no Exception, and must not end the worker
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable("damaged_file", DAMAGED) from error
    raise Unreadable("empty_file", "The workbook is empty.")


def numbered_lines(rows: list[list[Any]], formats: Formats) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(rows, start=1):
        yield number, [spelled(cell, formats) for cell in row]


def spelled(cell: Any, formats: Formats) -> str:
    if cell is None or isinstance(cell, str):
        return cell or ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        return write_number(exact(cell), formats)
    if isinstance(cell, dt.datetime):
        is_day = cell.time() == dt.time()
        return write_date(cell.date(), formats) if is_day else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, dt.date):
        return write_date(cell, formats)
    return str(cell)


def exact(cell: float) -> Decimal:
    """The shortest decimal that the number stands for: 0.1 and not 0.1000000000000000055."""
    number = Decimal(repr(cell))
    return number.to_integral_value() if number == number.to_integral_value() else number
