import datetime as dt

from exchange.actions.check_batch import Checked, checked_batch, count_rows
from exchange.batches.error_file import error_file, error_file_name
from exchange.batches.storage import StoredRow, save_rows, state_of
from exchange.choices import BatchState, RowChange, RowState
from exchange.kinds import kind_named
from exchange.models import ImportBatch
from exchange.rows import Row
from jobs.files import store_file
from jobs.models import GeneratedFile
from jobs.progress import Progress, no_progress
from tenancy.models import Member
from tenancy.scope import state_reason
from values.collecting import collecting_nothing


class WaitsForDecision(Exception):
    """The envelope does not add up: nothing is taken before somebody accepts the warnings."""


@collecting_nothing()
def accept_batch(
    *,
    batch_id: int,
    accept_warnings: bool,
    by: Member | None,
    at: dt.datetime,
    fresh: list[StoredRow] | None = None,
    progress: Progress = no_progress,
) -> ImportBatch:
    """Take every good row, in this one transaction; the others stay behind with their reasons and in an error file.

    Rows are judged anew, as the world may have moved since the preview. Rows with warnings wait unless
    `accept_warnings`. Accepting again takes what was not taken. `fresh` are all rows of a file that was read just now:
    they are written once, with what became of them. What was found before is not kept any more: who wants its page to
    be quick calls `keep_found`. Raises BatchClosed, WaitsForDecision.
    """
    progress(0, None, "Checking")
    checked = checked_batch(
        batch_id=batch_id,
        by=by,
        at=at,
        fresh=fresh,
        is_final=True,
        accepts_warnings=accept_warnings,
        tell=lambda note: progress(0, None, note),
    )
    batch = checked.batch
    if waits_for_decision(batch, accept_warnings=accept_warnings):
        raise WaitsForDecision(" ".join(batch.mapping["quarantine"]))
    take(checked, [row for row in checked.rows if is_wanted(row, accept_warnings=accept_warnings)], progress)
    return close(checked, accept_warnings=accept_warnings, by=by, at=at)


def waits_for_decision(batch: ImportBatch, *, accept_warnings: bool) -> bool:
    return bool(batch.mapping["quarantine"]) and batch.warnings_accepted_at is None and not accept_warnings


def is_wanted(row: Row, *, accept_warnings: bool) -> bool:
    if row.is_bad or row.change == RowChange.UNCHANGED:
        return False
    return accept_warnings or not row.findings


def take(checked: Checked, wanted: list[Row], tell: Progress) -> None:
    """Write the wanted rows, and what became of all; one that the kind itself refuses now stays behind."""
    tell(0, len(wanted), "Writing")
    state_reason(f"File {checked.batch.file_name}")
    checked.kind.accept(wanted, checked.context)
    taken = {row.number for row in wanted if not row.is_bad}
    for each in checked.stored:
        each.state = RowState.TAKEN if each.row.number in taken else state_of(each.row)
    checked.context.tell("Keeping what became of the rows")
    save_rows(checked.batch, checked.stored)
    tell(len(taken), len(wanted), "Written")


def close(checked: Checked, *, accept_warnings: bool, by: Member | None, at: dt.datetime) -> ImportBatch:
    batch = checked.batch
    count_rows(batch)
    batch.state, batch.message, batch.accepted_at = BatchState.ACCEPTED, "", at
    batch.preview = {}
    if accept_warnings:
        batch.warnings_accepted_at, batch.warnings_accepted_by = at, by
    elif batch.warning_count:
        batch.state = BatchState.WAITING
    refused = [each.row for each in checked.stored if each.state == RowState.BAD]
    batch.error_file = store_errors(batch, refused) if refused else None
    batch.save()
    return batch


def store_errors(batch: ImportBatch, rows: list[Row]) -> GeneratedFile:
    content, content_type, ending = error_file(rows, batch.mapping["columns"], batch.mapping["dialect"])
    return store_file(
        content,
        kind="import_errors",
        name=error_file_name(batch.file_name, ending),
        content_type=content_type,
        right=kind_named(batch.kind).view_right,
        party_id=batch.party_id,
    )
