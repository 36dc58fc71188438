"""What the texts of a column mean, each text read once."""

from typing import Any

from exchange.columns import Column, cell_text, parse_cell
from exchange.parsing.cells import BadCell, Formats

# beyond so many distinct texts a column is unlikely to repeat itself
MOST_KEPT = 50_000
BLANK = object()


class FilledCells(dict[str, Any]):
    """Text to its value, or to the BadCell that says why it has none."""

    def __init__(self, column: Column, formats: Formats) -> None:
        super().__init__()
        self.column, self.formats = column, formats

    def __missing__(self, text: str) -> Any:
        if len(self) >= MOST_KEPT:
            self.clear()
        value = self[text] = self.read(text)
        return value

    def read(self, text: str) -> Any:
        try:
            return parse_cell(self.column, text, self.formats)
        except BadCell as bad:
            return bad.with_traceback(None)


class ReadCells(FilledCells):
    """The same for cells as received; BLANK for those without a text."""

    def read(self, text: str) -> Any:
        bare = cell_text(text)
        return super().read(bare) if bare else BLANK
