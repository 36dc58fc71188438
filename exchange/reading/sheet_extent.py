"""How far a sheet reaches, told from the bytes of its XML without reading them as XML.

A reader lays out every cell up to the farthest one. Addresses may be left out: a row or cell without one follows the
one before it. Which entry of an archive is a sheet is the sender's own claim, so each entry is measured. In doubt a
sheet is taken for larger than it is, never for smaller.
"""

import re

_REFERENCE = re.compile(rb"""\br ?= ?["'] ?\$?([A-Za-z]*)\$?0*([0-9]+)""")
# after the bracket, or after the prefix of a name space
_CELL_TAG = re.compile(rb"[<:]c[ />]")
_ROW_TAG = re.compile(rb"[<:]row[ />]")
# All programs write the address first. One that stands later could be part of another attribute's text.
_NAMED_CELL = re.compile(rb"""[<:]c r ?= ?["'] ?\$?[A-Za-z]""")
_NAMED_ROW = re.compile(rb"""[<:]row r ?= ?["'] ?[0-9]""")
_SPACES = re.compile(rb"\s+")
_ODD_SPACE = re.compile(rb"[\t\r\n]|  ")
_LONGEST_TAG = 4096
# more letters or digits than any sheet has: as good as endless
_LONGEST_COLUMN = 7
_LONGEST_ROW = 12
ENDLESS = 10**_LONGEST_ROW


class SheetExtent:
    """Takes the bytes piece by piece; `row` and `column` are those of the farthest cell so far."""

    def __init__(self) -> None:
        self._named_row = self._named_column = 0
        self._unnamed_rows = 0
        # cells without an address: in the longest row, and in the row that is not at its end
        self._longest = self._current = 0
        self._rest = b""

    @property
    def row(self) -> int:
        return self._named_row + self._unnamed_rows

    @property
    def column(self) -> int:
        return self._named_column + self._longest

    def add(self, piece: bytes) -> None:
        text = self._rest + piece
        end = max(text.rfind(b"<"), 0)
        self._rest = shortened(text[end:])
        self._measure(text[:end])

    def _measure(self, text: bytes) -> None:
        if _ODD_SPACE.search(text):
            text = _SPACES.sub(b" ", text)
        references = _REFERENCE.findall(text)
        columns, rows = {letters for letters, _ in references}, {digits for _, digits in references}
        self._named_column = max(self._named_column, *map(column_number, columns), 0)
        self._named_row = max(self._named_row, *map(row_number, rows), 0)
        self._unnamed_rows += len(_ROW_TAG.findall(text)) - len(_NAMED_ROW.findall(text))
        if unnamed_cells(text):
            self._count_cells(text)

    def _count_cells(self, text: bytes) -> None:
        for at, row in enumerate(_ROW_TAG.split(text)):
            cells = unnamed_cells(row)
            self._current = cells if at else self._current + cells
            self._longest = max(self._longest, self._current)


def unnamed_cells(text: bytes) -> int:
    return len(_CELL_TAG.findall(text)) - len(_NAMED_CELL.findall(text))


def shortened(tag: bytes) -> bytes:
    """A tag may be as long as its sender likes; what counts of it is its name and its end."""
    if len(tag) <= _LONGEST_TAG:
        return tag
    plain = _SPACES.sub(b" ", tag)
    return plain if len(plain) <= _LONGEST_TAG else plain[:64] + plain[-_LONGEST_TAG:]


def row_number(digits: bytes) -> int:
    return int(digits) if len(digits) <= _LONGEST_ROW else ENDLESS


def column_number(letters: bytes) -> int:
    if len(letters) > _LONGEST_COLUMN:
        return ENDLESS
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
