"""A file as a table of texts: what was received, before anybody asks what it means."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from exchange.batches.cell_row import CellRow, Shared, places_of
from exchange.errors import Unreadable
from exchange.findings import Finding, Severity
from exchange.limits import Limits
from values.csvsafe import restore

# lines among which the headings are looked for, and the cells of the narrowest table that may stand below a title
LOOKED_AT, NARROWEST = 20, 3


@dataclass(frozen=True, slots=True)
class TableRow:
    """`number` as a person counts lines or sheet rows; `findings` are about its shape, not about its values."""

    number: int
    cells: Mapping[str, str]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Envelope:
    """An EDI interchange that the rows came in."""

    sender: str
    receiver: str
    control_number: str
    sha256: str
    findings: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    headings: tuple[str, ...]
    rows: list[TableRow] = field(default_factory=list)
    # comma, semicolon, tab or xlsx: an error file goes back in the same dress
    dialect: str = "comma"
    # why the file as a whole waits for a person, if it does
    quarantine: tuple[str, ...] = ()
    envelopes: tuple[Envelope, ...] = ()


def heading_key(heading: str) -> str:
    """Headings meet in lower case with underscores: "Unit Price *" is unit_price."""
    words = heading.replace("\N{NO-BREAK SPACE}", " ").strip().rstrip("*").replace("-", " ").replace("_", " ").split()
    return "_".join(words).casefold()


def build_table(
    lines: Iterable[tuple[int, Sequence[str]]], *, dialect: str, limits: Limits, is_ragged: bool = False
) -> Table:
    """Turn numbered lines of cells into rows under the headings: the first line that is not blank, nor a title.

    `is_ragged`: short rows are usual (a sheet does not store empty cells at the end). Raises Unreadable.
    """
    numbered = iter(lines)
    first = list(islice((line for line in numbered if "".join(line[1]).strip()), LOOKED_AT))
    headings = find_headings(first, limits)
    table, make = Table(headings, dialect=dialect), RowMaker(headings, limits, is_ragged=is_ragged)
    for number, cells in chain(first, numbered):
        all_text = "".join(cells)
        if not all_text or all_text.isspace():
            continue
        if len(table.rows) >= limits.rows:
            raise Unreadable("too_many_rows", f"More than {limits.rows:,} rows: split the file.")
        table.rows.append(make.row(number, cells, all_text))
    if not table.rows:
        raise Unreadable("no_rows", "The file has headings and no rows below them.")
    return table


def find_headings(lines: list[tuple[int, Sequence[str]]], limits: Limits) -> tuple[str, ...]:
    """Takes the lines up to the headings off; none of them is blank. Those above are for people: whose, of when."""
    if not lines:
        raise Unreadable("empty_file", "The file is empty.")
    filled = [sum(1 for cell in cells if cell.strip()) for _, cells in lines]
    while is_title(lines[0][1], filled[0], max(filled)):
        del lines[0], filled[0]
    return checked_headings(lines.pop(0)[1], limits)


def is_title(cells: Sequence[str], filled: int, widest: int) -> bool:
    """A single cell, or a label and what it names, above a table that is wider."""
    if widest < NARROWEST:
        return False
    first = next((cell.strip() for cell in cells if cell.strip()), "")
    return filled < 2 or (filled == 2 and first.endswith(":"))


def checked_headings(cells: Sequence[str], limits: Limits) -> tuple[str, ...]:
    if len(cells) > limits.columns:
        raise Unreadable("too_many_columns", f"{len(cells):,} columns; at most {limits.columns} can be read.")
    headings = [restore(cell.strip()) or f"(column {at})" for at, cell in enumerate(cells, start=1)]
    seen: set[str] = set()
    for heading in headings:
        if len(heading) > limits.cell_characters:
            raise Unreadable("cell_too_long", "A heading is too long: is the first row the heading row?")
        key = heading_key(heading)
        if key in seen:
            raise Unreadable("duplicate_heading", f"The heading “{heading[:60]}” stands twice: rename or remove one.")
        seen.add(key)
    return tuple(headings)


class RowMaker:
    """Rows of one table: they share their headings, and the texts that repeat."""

    def __init__(self, headings: tuple[str, ...], limits: Limits, *, is_ragged: bool) -> None:
        self.headings, self.limits, self.is_ragged = headings, limits, is_ragged
        self.places, self.shared = places_of(headings), Shared()

    def row(self, number: int, cells: Sequence[str], all_text: str) -> TableRow:
        """`all_text` is what stands in all cells: when that is short and clean, so is each of them."""
        is_whole = len(cells) == len(self.headings)
        if is_whole and len(all_text) <= self.limits.cell_characters and "\x00" not in all_text:
            return TableRow(number, CellRow(self.places, self.shared.row(cells)))
        return self.odd_row(number, cells)

    def odd_row(self, number: int, cells: Sequence[str]) -> TableRow:
        width = len(self.headings)
        surplus = [cell for cell in cells[width:] if cell.strip()]
        texts = [clean(cell, self.limits) for cell in cells[:width]]
        texts += [""] * (width - len(texts))
        problem = shape_problem(cells, self.headings, surplus, self.limits, is_ragged=self.is_ragged)
        named = CellRow(self.places, self.shared.row(texts))
        return TableRow(number, named, (misshapen(*problem),) if problem else ())


def misshapen(code: str, message: str) -> Finding:
    return Finding(Severity.ERROR, "", code, message, is_from_file=True)


def clean(cell: str, limits: Limits) -> str:
    # PostgreSQL's text cannot hold a zero character
    return cell[: limits.cell_characters].replace("\x00", "\N{REPLACEMENT CHARACTER}")


def shape_problem(
    cells: Sequence[str], headings: tuple[str, ...], surplus: Sequence[str], limits: Limits, *, is_ragged: bool
) -> tuple[str, str] | None:
    if surplus:
        return "too_many_cells", (
            f"{len(cells)} cells under {len(headings)} headings: is a separator inside a text without quotation marks?"
        )
    if len(cells) < len(headings) and not is_ragged:
        return "incomplete_row", f"{len(cells)} of {len(headings)} cells: is the row cut off?"
    if any(len(cell) > limits.cell_characters for cell in cells):
        return "cell_too_long", f"A cell has more than {limits.cell_characters:,} characters."
    return None
