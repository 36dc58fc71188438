import datetime as dt
from typing import Any

from exchange.actions.accept_batch import accept_batch, waits_for_decision
from exchange.actions.check_batch import check_batch
from exchange.actions.receive_file import receive_file
from exchange.actions.stage_batch import stage_batch
from exchange.batches.found import keep_found
from exchange.choices import BatchState
from exchange.models import ImportBatch
from tenancy.models import Member
from values.collecting import collecting_nothing


@collecting_nothing()
def import_file(
    *,
    kind: str,
    name: str,
    content: bytes,
    party_id: int | None = None,
    partner_code: str = "",
    accept_warnings: bool = False,
    is_dry_run: bool = False,
    mapping: dict[str, Any] | None = None,
    by: Member | None,
    at: dt.datetime,
) -> ImportBatch:
    """A file from its bytes to our tables in one go: kept, read, checked and (unless a dry run) accepted.

    Rows with warnings wait unless `accept_warnings`; a file in quarantine waits as a whole. Raises UnknownKind,
    FileTooLarge; a file that cannot be read gives a failed batch.
    """
    batch = receive_file(
        kind=kind,
        name=name,
        content=content,
        party_id=party_id,
        by=by,
        at=at,
        partner_code=partner_code,
        mapping=mapping,
    )
    rows = stage_batch(batch=batch)
    if batch.state == BatchState.FAILED:
        return batch
    if is_dry_run or waits_for_decision(batch, accept_warnings=accept_warnings):
        return check_batch(batch_id=batch.pk, fresh=rows, by=by, at=at)
    batch = accept_batch(batch_id=batch.pk, fresh=rows, accept_warnings=accept_warnings, by=by, at=at)
    keep_found(batch, at)
    return batch
