"""The envelope as values: a file holds interchanges, these hold groups, these hold transaction sets."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from exchange.x12.findings import Finding, Position, Severity
from exchange.x12.segments import Segment
from exchange.x12.separators import Separators


@dataclass(frozen=True, slots=True)
class TransactionSet:
    """ST to SE. `segments` are those between them; `position` is that of the ST."""

    set_id: str
    control_number: str
    segments: tuple[Segment, ...]
    position: Position
    separators: Separators
    version: str = ""
    convention: str = ""
    findings: tuple[Finding, ...] = ()

    def number_in_set(self, position: Position) -> int:
        """Segment number as acknowledgements count it: the ST is 1."""
        return position.segment - self.position.segment + 1


@dataclass(frozen=True, slots=True)
class Group:
    """GS to GE. `version` is GS08 as written, "004010" or longer."""

    functional_id: str
    sender: str
    receiver: str
    date: dt.date | None
    time: dt.time | None
    control_number: str
    version: str
    sets: tuple[TransactionSet, ...]
    position: Position
    declared_sets: int | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Interchange:
    """ISA to IEA; identifiers without the blanks that pad them. `usage` is P (production), T (test) or I."""

    sender_qualifier: str
    sender_id: str
    receiver_qualifier: str
    receiver_id: str
    date: dt.date | None
    time: dt.time | None
    version: str
    control_number: str
    acknowledgement_requested: bool
    usage: str
    separators: Separators
    groups: tuple[Group, ...]
    position: Position
    loose_segments: tuple[Segment, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def identity(self) -> tuple[str, str, str, str, str]:
        """What makes an interchange the same one again: both parties and the control number."""
        return (
            self.sender_qualifier,
            self.sender_id,
            self.receiver_qualifier,
            self.receiver_id,
            self.control_number,
        )

    def sets(self) -> Iterator[tuple[Group, TransactionSet]]:
        for group in self.groups:
            for transaction in group.sets:
                yield group, transaction

    def all_findings(self) -> tuple[Finding, ...]:
        """Those of the interchange, its groups and their sets, in the order of the file's parts."""
        found = list(self.findings)
        for group in self.groups:
            found.extend(group.findings)
            for transaction in group.sets:
                found.extend(transaction.findings)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class X12File:
    """All interchanges of one file and what was odd about the file itself."""

    interchanges: tuple[Interchange, ...]
    encoding: str
    findings: tuple[Finding, ...] = ()

    def all_findings(self) -> tuple[Finding, ...]:
        inner = (finding for interchange in self.interchanges for finding in interchange.all_findings())
        return (*self.findings, *inner)

    @property
    def needs_quarantine(self) -> bool:
        """True when anything graver than an information was found."""
        return any(finding.severity != Severity.INFO for finding in self.all_findings())
