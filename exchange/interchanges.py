"""X12 interchanges as files: the sets of one sort, their rows, envelopes, and why such a file waits for a person."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from exchange.errors import Unreadable
from exchange.models import TradingPartner
from exchange.reading.table import Envelope, Table, TableRow
from exchange.x12.envelope import read_interchanges
from exchange.x12.findings import Finding, Position, Severity, X12Error
from exchange.x12.interchange import Interchange, TransactionSet, X12File
from exchange.x12.parties import X12Party

# the column that says who sent a row
SENDER = "edi_sender"


class Placed(Protocol):
    @property
    def position(self) -> Position: ...


class HasLines(Protocol):
    @property
    def lines(self) -> Sequence[Placed]: ...


Document = TypeVar("Document", bound=HasLines)


def is_x12(start: bytes) -> bool:
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"ISA") or b"I\x00S\x00A\x00" in start[:40]


def read_documents(
    content: bytes, set_id: str, read: Callable[[TransactionSet], Document], *, code: str, what: str
) -> tuple[X12File, list[tuple[str, Document]]]:
    """The file, and its sets of one sort with the identity of their sender. Raises Unreadable, with `code` for none."""
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
    if not any(document.lines for _, document in found):
        raise Unreadable(code, f"The file holds no {what} with lines.")
    return file, found


def sender_of(interchange: Interchange, application: str) -> str:
    return f"{interchange.sender_qualifier}:{interchange.sender_id}:{application}"


def profile_of(sender: str, profiles: Sequence[TradingPartner]) -> TradingPartner | None:
    """The profile for this application of the sender, else the one for any."""
    qualifier, identity, application = sender.split(":", 2)
    mine = [each for each in profiles if (each.qualifier, each.identity) == (qualifier, identity)]
    exact = next((each for each in mine if each.application == application), None)
    return exact or next((each for each in mine if not each.application), None)


def table_of(
    file: X12File,
    documents: Sequence[HasLines],
    headings: tuple[str, ...],
    rows: Iterable[TableRow],
    findings: Iterable[Finding],
) -> Table:
    """A row for each line of the documents; `findings` are those that no row has."""
    places = places_of([line for document in documents for line in document.lines])
    return Table(
        headings=headings,
        rows=[replace(row, number=place) for place, row in zip(places, rows, strict=True)],
        dialect="x12",
        quarantine=tuple(quarantine(file, findings)),
        envelopes=tuple(envelope(interchange) for interchange in file.interchanges),
    )


def places_of(lines: Sequence[Placed]) -> list[int]:
    """Rows go by the line of the file they start on, or by the segment where a file has no lines."""
    places = [line.position.line for line in lines]
    return places if len(set(places)) == len(places) else [line.position.segment for line in lines]


def quarantine(file: X12File, findings: Iterable[Finding]) -> Iterator[str]:
    """What does not add up, or changes the document in a way that is not interpreted, or is marked as a test."""
    found = [*file.all_findings(), *findings]
    yield from (sentence(each) for each in found if each.severity != Severity.INFO)
    for interchange in file.interchanges:
        if interchange.usage == "T" and not is_test_allowed(interchange):
            yield f"Interchange {interchange.control_number} is marked as a test."


def sentence(finding: Finding) -> str:
    where = f" (line {finding.position.line})" if finding.position else ""
    return f"{finding.message}{where}."


def is_test_allowed(interchange: Interchange) -> bool:
    partners = TradingPartner.objects.filter(qualifier=interchange.sender_qualifier, identity=interchange.sender_id)
    return partners.filter(test_allowed=True).exists()


def envelope(interchange: Interchange) -> Envelope:
    content = [
        [group.functional_id, transaction.control_number, [[s.id, *s.elements] for s in transaction.segments]]
        for group, transaction in interchange.sets()
    ]
    return Envelope(
        sender=f"{interchange.sender_qualifier}:{interchange.sender_id}",
        receiver=f"{interchange.receiver_qualifier}:{interchange.receiver_id}",
        control_number=interchange.control_number,
        sha256=hashlib.sha256(repr(content).encode()).hexdigest(),
        findings=tuple(
            {"severity": str(each.severity), "code": each.code, "message": each.message}
            for each in interchange.all_findings()
        ),
    )


def country_of(party: X12Party) -> str:
    # North American senders leave their own country out
    return party.country or ("US" if party.region and party.postcode[:5].isdigit() else "")
