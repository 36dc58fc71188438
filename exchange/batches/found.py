"""What was found of a whole file. It is kept with the batch once its rows are judged: counting anew takes long with
half a million of them, and what was found changes only when they are judged again.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.db import connection

from exchange.choices import BatchState, RowState
from exchange.kinds import Foreseen, kind_named
from exchange.models import ImportBatch
from tenancy.scope import current_tenant_id
from values.sql import load

UNKNOWN = "unknown_"
TOLD = (BatchState.READY, BatchState.WAITING, BatchState.QUARANTINED, BatchState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class FindingCount:
    severity: str
    code: str
    field: str
    example: str
    rows: int


@dataclass(frozen=True, slots=True)
class Found:
    """As of an instant: rows that can be taken, findings by code, and what taking the file does."""

    at: dt.datetime
    good: int
    findings: Sequence[FindingCount]
    foreseen: Sequence[Foreseen]

    @property
    def unknown_rows(self) -> int:
        return sum(count.rows for count in self.findings if count.code.startswith(UNKNOWN))

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "at": self.at.isoformat()}

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:
        return cls(
            dt.datetime.fromisoformat(kept["at"]),
            kept["good"],
            [FindingCount(**each) for each in kept["findings"]],
            [Foreseen(**each) for each in kept["foreseen"]],
        )


def found_of(batch: ImportBatch, at: dt.datetime) -> Found:
    """As kept, or else as it is now."""
    return Found.of(batch.preview) if batch.preview else look_over(batch, at)


def keep_found(batch: ImportBatch, at: dt.datetime) -> None:
    """After the rows were judged or taken, in the same transaction."""
    batch.preview = look_over(batch, at).as_json()
    batch.save(update_fields=["preview"])


def look_over(batch: ImportBatch, at: dt.datetime) -> Found:
    """All rows of the batch are read."""
    foresee = kind_named(batch.kind).foresee
    return Found(
        at,
        batch.rows.filter(state=RowState.GOOD).count(),
        finding_counts(batch),
        list(foresee(batch)) if foresee and batch.state in TOLD else [],
    )


def finding_counts(batch: ImportBatch) -> list[FindingCount]:
    """Findings of the batch by code, the most frequent first."""
    with connection.cursor() as cursor:
        cursor.execute(load("exchange", "finding_counts"), {"tenant_id": current_tenant_id(), "batch_id": batch.pk})
        return [FindingCount(*row) for row in cursor.fetchall()]
