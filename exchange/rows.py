"""A row on its way from text to our tables, and what the whole file shares."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from exchange.choices import RowChange
from exchange.findings import Finding, Severity
from exchange.parsing.cells import Formats
from tenancy.models import Member, Tenant


@dataclass(slots=True)
class Row:
    """`values` holds the columns that the file has (None: the cell is empty), `ids` what they refer to.

    `subject` is what the kind's check keeps for its accept: usually the object to be saved.
    """

    number: int
    source: Mapping[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    change: RowChange | None = None
    subject: Any = None
    # texts that a kind's `prepare` puts where the file has none; rows may share one
    filled: dict[str, str] = field(default_factory=dict)

    def error(self, column: str, code: str, message: str, value: str = "") -> None:
        self.findings.append(Finding(Severity.ERROR, column, code, message, value))

    def warn(self, column: str, code: str, message: str) -> None:
        self.findings.append(Finding(Severity.WARNING, column, code, message))

    @property
    def is_bad(self) -> bool:
        return bool(self.findings) and any(finding.severity == Severity.ERROR for finding in self.findings)

    def get(self, column: str, default: Any = None) -> Any:
        """The value; `default` when the column is missing or the cell empty."""
        found = self.values.get(column)
        return default if found is None else found


Tell = Callable[[str], None]


def say_nothing(note: str) -> None:
    """For whoever runs a check where nobody watches."""


@dataclass(frozen=True, slots=True)
class Context:
    """What checks and accepts may know beside the rows.

    `party_id` is the partner whose file it is, `columns` those the file has. With `is_final` the rows found are
    about to be written: lock what is read. `taken_before` numbers the rows which an earlier upload of the same file
    brought in. `tell` names the step at work, for whoever watches.
    """

    tenant: Tenant
    today: dt.date
    at: dt.datetime
    by: Member | None = None
    party_id: int | None = None
    formats: Formats = field(default_factory=Formats)
    columns: frozenset[str] = frozenset()
    batch_id: int | None = None
    is_final: bool = False
    accepts_warnings: bool = False
    taken_before: frozenset[int] = frozenset()
    source: str = ""
    tell: Tell = say_nothing
