"""What a handler gets to see of its job."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from jobs.progress import Progress


class GiveUp(Exception):
    """Raised by a handler when trying again cannot help: the job fails at once, with this text for the person."""


class LostLease(Exception):
    """Another worker has taken the job over: whatever this one wrote is rolled back."""


@dataclass(frozen=True)
class Claim:
    """A job taken for one attempt, which began `at` this instant.

    The attempt's number is the proof of ownership until the next claim.
    """

    id: int
    tenant_id: int
    kind: str
    payload: dict[str, Any]
    requested_by_id: int | None
    party_id: int | None
    attempt: int
    max_attempts: int
    at: dt.datetime


@dataclass(frozen=True)
class JobHandle(Claim):
    """One attempt at one job. Handlers pass `at` on and look at no clock."""

    report: Progress

    def progress(self, done: int, total: int | None = None, note: str = "") -> None:
        """Show how far the work is. Seen at once by others, although the work itself commits at its end.

        Cheap: call it as often as you like. Raises LostLease when another worker has taken over.
        """
        self.report(done, total, note)
