import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from exchange.batches.found import keep_found
from exchange.batches.storage import StoredRow, load_rows, save_rows, state_of, taken_before
from exchange.choices import BatchState, Direction, RowState
from exchange.kinds import ImportKind, kind_named
from exchange.models import ImportBatch, ImportRow, Interchange
from exchange.parsing.checking import check_rows, defaults_for, formats_of
from exchange.rows import Context, Row, Tell, say_nothing
from tenancy.models import Member
from values.collecting import collecting_nothing

# a file with fewer rows is through before anybody could read which step it is at
LONG = 500
CLOSED = (BatchState.FAILED, BatchState.DISCARDED, BatchState.RECEIVED)


class BatchClosed(Exception):
    """The file could not be read, or was discarded."""


@dataclass(slots=True)
class Checked:
    batch: ImportBatch
    kind: ImportKind
    context: Context
    stored: list[StoredRow]

    @property
    def rows(self) -> list[Row]:
        return [each.row for each in self.stored]


@collecting_nothing()
def check_batch(
    *,
    batch_id: int,
    by: Member | None,
    at: dt.datetime,
    fresh: list[StoredRow] | None = None,
    tell: Tell = say_nothing,
) -> ImportBatch:
    """Judge every row that was not taken yet against what is known now, and keep the findings.

    `fresh` are all rows of a file that was read just now, and which are written with what is found of them. Raises
    BatchClosed.
    """
    checked = checked_batch(batch_id=batch_id, by=by, at=at, fresh=fresh, tell=tell)
    for each in checked.stored:
        each.state = state_of(each.row)
    save_rows(checked.batch, checked.stored)
    count_rows(checked.batch)
    settle_state(checked.batch)
    keep_found(checked.batch, at)
    return checked.batch


def checked_batch(
    *,
    batch_id: int,
    by: Member | None,
    at: dt.datetime,
    fresh: list[StoredRow] | None = None,
    is_final: bool = False,
    accepts_warnings: bool = False,
    tell: Tell = say_nothing,
) -> Checked:
    """Lock the batch and judge its open rows in memory; nothing is written."""
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("tenant", "file").get(pk=batch_id)
    if batch.state in CLOSED:
        raise BatchClosed(batch.message or f"The file is {batch.get_state_display().lower()}.")
    kind, stored = kind_named(batch.kind), load_rows(batch) if fresh is None else fresh
    rows = [each.row for each in stored]
    defaults = defaults_for(kind, batch.mapping.get("partner_code", ""))
    told = tell if len(rows) >= LONG else say_nothing
    context = build_context(
        batch, kind, rows, by=by, at=at, is_final=is_final, accepts_warnings=accepts_warnings, tell=told
    )
    check_rows(kind, rows, context, batch.mapping["found"], defaults)
    return Checked(batch, kind, context, stored)


def build_context(
    batch: ImportBatch,
    kind: ImportKind,
    rows: Sequence[Row],
    *,
    by: Member | None,
    at: dt.datetime,
    is_final: bool,
    accepts_warnings: bool,
    tell: Tell,
) -> Context:
    return Context(
        tenant=batch.tenant,
        today=batch.tenant.today(at),
        at=at,
        by=by,
        party_id=batch.party_id,
        formats=formats_of(batch.mapping),
        columns=frozenset(batch.mapping["found"]),
        batch_id=batch.pk,
        is_final=is_final,
        accepts_warnings=accepts_warnings,
        taken_before=taken_before(earlier_uploads(batch), rows) if kind.is_document else frozenset(),
        source=batch.mapping["dialect"],
        tell=tell,
    )


def earlier_uploads(batch: ImportBatch) -> list[int]:
    """Batches with the same file, or with the same EDI interchange in another file."""
    others = ImportBatch.objects.filter(kind=batch.kind).exclude(pk=batch.pk)
    same_file = others.filter(sha256=batch.sha256, party_id=batch.party_id).values_list("pk", flat=True)
    mine = Interchange.objects.filter(batch=batch, direction=Direction.IN)
    same_interchange = [
        pk
        for sender, number, sha256 in mine.values_list("sender", "control_number", "sha256")
        for pk in Interchange.objects.filter(
            direction=Direction.IN, sender=sender, control_number=number, sha256=sha256
        )
        .exclude(batch=batch)
        .values_list("batch_id", flat=True)
    ]
    return sorted({*same_file, *same_interchange})


def count_rows(batch: ImportBatch) -> None:
    found = ImportRow.objects.filter(batch=batch).values_list("state").annotate(rows=Count("pk")).order_by()
    states = Counter(dict(found))
    batch.row_count = states.total()
    batch.accepted_count = states[RowState.TAKEN]
    batch.rejected_count = states[RowState.BAD]
    batch.unchanged_count = states[RowState.UNCHANGED]
    batch.warning_count = states[RowState.WARNING]


def settle_state(batch: ImportBatch) -> None:
    """What the batch waits for, after a check."""
    quarantine = batch.mapping["quarantine"]
    if quarantine and batch.warnings_accepted_at is None:
        batch.state, batch.message = BatchState.QUARANTINED, " ".join(quarantine)
    else:
        batch.state, batch.message = BatchState.WAITING if batch.warning_count else BatchState.READY, ""
    batch.save()
