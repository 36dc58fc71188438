"""What reading a file can say about it: findings that travel with the result, and the one error that stops
it.
"""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """`warning` and `error` let the caller quarantine; `info` is worth showing and nothing more."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a segment stands: `segment` counts from 1 over the whole file, `line` from 1 as an editor shows
    it.
    """

    segment: int
    line: int
    segment_id: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark. `element` is the 1-based element of the segment; `item` is the order line it belongs to."""

    severity: Severity
    code: str
    message: str
    position: Position | None = None
    element: int | None = None
    item: str = ""


class X12Error(Exception):
    """The text cannot be read (or written) as X12 at all.

    `code` is stable and for programs, `message` is for people, `position` says where reading stopped.
    """

    def __init__(self, code: str, message: str, position: Position | None = None) -> None:
        where = f" (line {position.line}, segment {position.segment})" if position else ""
        super().__init__(message + where)
        self.code = code
        self.message = message
        self.position = position
