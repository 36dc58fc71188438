"""What the X12 readers of this room share: the sets of a file, its envelopes, and why it waits for a person."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from exchange.errors import Unreadable
from exchange.reading.table import Table, TableRow
from exchange.x12.envelope import read_interchanges
from exchange.x12.findings import Finding, Position, Severity, X12Error
from exchange.x12.interchange import Interchange, TransactionSet, X12File
from orders.imports.edi import envelope, is_test_allowed, sentence


class Placed(Protocol):
    @property
    def position(self) -> Position: ...


class Read(Protocol):
    @property
    def findings(self) -> tuple[Finding, ...]: ...

    @property
    def lines(self) -> Sequence[Placed]: ...


Report = TypeVar("Report", bound=Read)


def read_reports(
    content: bytes, set_id: str, read: Callable[[TransactionSet], Report], what: str
) -> tuple[X12File, list[tuple[str, Report]]]:
    """The file, and its sets of one sort with the identity of their sender. Raises Unreadable."""
    try:
        file = read_interchanges(content)
        found = [
            (sender_of(interchange, group.sender), read(transaction))
            for interchange in file.interchanges
            for group, transaction in interchange.sets()
            if transaction.set_id == set_id
        ]
    except X12Error as error:
        raise Unreadable(error.code, f"{error}.") from error
    if not any(report.lines for _, report in found):
        raise Unreadable("no_lines", f"The file holds no {what} with lines.")
    return file, found


def sender_of(interchange: Interchange, application: str) -> str:
    return f"{interchange.sender_qualifier}:{interchange.sender_id}:{application}"


def table_of(
    file: X12File, reports: Sequence[Read], headings: tuple[str, ...], cells: Sequence[dict[str, str]]
) -> Table:
    """Rows go by the line of the file they start on, or by the segment where a file has no lines."""
    positions = [line.position for report in reports for line in report.lines]
    numbers = [position.line for position in positions]
    if len(set(numbers)) < len(numbers):
        numbers = [position.segment for position in positions]
    return Table(
        headings=headings,
        rows=[TableRow(number, row) for number, row in zip(numbers, cells, strict=True)],
        dialect="x12",
        quarantine=tuple(quarantine(file, reports)),
        envelopes=tuple(envelope(interchange) for interchange in file.interchanges),
    )


def quarantine(file: X12File, reports: Sequence[Read]) -> Iterator[str]:
    """What does not add up, or is marked as a test."""
    found = [*file.all_findings(), *(each for report in reports for each in report.findings)]
    yield from (sentence(each) for each in found if each.severity != Severity.INFO)
    for interchange in file.interchanges:
        if interchange.usage == "T" and not is_test_allowed(interchange):
            yield f"Interchange {interchange.control_number} is marked as a test."
