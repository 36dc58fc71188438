"""A report as a workbook, a sheet for each of its tables."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from ui.exports import add_sheet, open_workbook
from values.csvsafe import neutralise_row


class ReportBook:
    """Texts are guarded as in a CSV file, because people save sheets as such."""

    def __init__(self) -> None:
        self.target = BytesIO()
        self.workbook = open_workbook(self.target)

    def sheet(self, name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        add_sheet(self.workbook, name, headings, map(neutralise_row, rows))

    def content(self) -> bytes:
        """The whole workbook: nothing can be added after it."""
        self.workbook.close()
        return self.target.getvalue()
