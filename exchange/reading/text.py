"""CSV: encoding and separator are found out by looking."""

import csv
import re
from collections.abc import Iterator
from itertools import islice

from exchange.errors import Unreadable
from exchange.limits import Limits
from exchange.reading.table import LOOKED_AT, Table, build_table, heading_key

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# as Python's universal newlines part them; a file object around the text would take four bytes a character
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_EXCEL_HINT = re.compile(r"sep=(.)\r?\n")


def read_csv(content: bytes, *, known: frozenset[str], limits: Limits) -> Table:
    """`known` are headings that are looked for, as `heading_key` gives them; they decide the separator.

    Raises Unreadable.
    """
    text = decode(content)
    if _BINARY.search(text):
        raise Unreadable("not_text", "This is neither a CSV nor an XLSX file.")
    if hint := _EXCEL_HINT.match(text):
        text = text[hint.end() :]
    if not text.strip():
        raise Unreadable("empty_file", "The file is empty.")
    # the module's own limit is for the whole process; ours is checked per cell afterwards
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    refuse_endless_lines(text, limits)
    dialect = find_separator(text, known)
    return build_table(numbered_lines(text, SEPARATORS[dialect]), dialect=dialect, limits=limits)


def refuse_endless_lines(text: str, limits: Limits) -> None:
    """A line of separators alone would become as many cells."""
    longest = limits.columns * limits.cell_characters
    if len(text) > longest and any(len(line) > longest for line in lines_of(text)):
        raise Unreadable("line_too_long", f"A line has more than {longest:,} characters: are the line ends missing?")


def decode(content: bytes) -> str:
    """UTF-8 with or without byte order mark, else Windows-1252. Raises Unreadable."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Unreadable("wrong_encoding", "This file is UTF-16. Save it as “CSV UTF-8” or as XLSX.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # letters that were right UTF-8 up to here: not another encoding, but a damaged or cut-off file
        if content.startswith(b"\xef\xbb\xbf") or not content[: error.start].isascii():
            line = content.count(b"\n", 0, error.start) + 1
            raise Unreadable("wrong_encoding", f"Line {line} is not UTF-8: is the file cut off or damaged?") from error
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            "wrong_encoding", f"Line {line} is neither UTF-8 nor Windows-1252. Save the file as “CSV UTF-8”."
        ) from error


def find_separator(text: str, known: frozenset[str]) -> str:
    """The separator under which a line has the most headings that we know, then the first one the most cells.

    Titles may stand above the headings: where the first line is one cell however it is cut, the next ones tell.
    """
    lines = list(islice((line for line in lines_of(text) if line.strip()), LOOKED_AT))

    def score(name: str) -> tuple[int, int, int]:
        cut = [next(csv.reader([line], delimiter=SEPARATORS[name]), []) for line in lines]
        told = [len(known & {heading_key(cell) for cell in cells}) for cells in cut]
        return max(told), len(cut[0]), max(map(len, cut))

    return max(SEPARATORS, key=score)


def numbered_lines(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line that they start on. Raises Unreadable where quotation marks do not pair."""
    reader = csv.reader(lines_of(text), delimiter=separator, strict=True)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(
                "broken_quotes",
                f"From line {start} on the quotation marks do not pair: is the file cut off, or a mark not doubled?",
            ) from error
        yield start, cells


def lines_of(text: str) -> Iterator[str]:
    """The lines with their ends."""
    return (found[0] for found in _LINE.finditer(text))
