"""Jobs about files. A partner's file is judged with our own eyes: it names products and parties that the partner
itself may not see, so the scope is widened from the partner to the tenant for as long as the check runs.
"""

from typing import Any

from django.urls import reverse

from exchange.actions.accept_batch import accept_batch
from exchange.actions.check_batch import check_batch
from exchange.actions.stage_batch import stage_batch
from exchange.batches.found import keep_found
from exchange.choices import BatchState
from exchange.models import ImportBatch
from jobs.handle import GiveUp, JobHandle
from tenancy.models import Member
from tenancy.scope import as_house

CHECK, ACCEPT = "import_check", "import_accept"


def check(job: JobHandle) -> dict[str, Any]:
    """Payload: {"batch_id"}. Reads and checks a file; safe to repeat."""
    refuse_foreign(job)
    with as_house():
        job.progress(0, None, "Reading")
        batch = ImportBatch.objects.select_for_update().get(pk=job.payload["batch_id"])
        fresh = stage_batch(batch=batch)
        if batch.state != BatchState.FAILED:
            job.progress(0, batch.row_count, "Checking")
            rows = batch.row_count
            batch = check_batch(
                batch_id=batch.pk, fresh=fresh, by=asker(job), at=job.at, tell=lambda note: job.progress(0, rows, note)
            )
        return result(batch)


def accept(job: JobHandle) -> dict[str, Any]:
    """Payload: {"batch_id", "accept_warnings"}. Takes the good rows; done twice it takes them once."""
    if job.party_id is not None:
        raise GiveUp("Only our own people take a file.")
    with as_house():
        batch = accept_batch(
            batch_id=job.payload["batch_id"],
            accept_warnings=job.payload["accept_warnings"],
            by=asker(job),
            at=job.at,
            progress=job.progress,
        )
        keep_found(batch, job.at)
        return result(batch)


def refuse_foreign(job: JobHandle) -> None:
    """Under the eyes of whoever asked: what they cannot see is not done for them."""
    if not ImportBatch.objects.filter(pk=job.payload["batch_id"]).exists():
        raise GiveUp("There is no such file.")


def asker(job: JobHandle) -> Member | None:
    return Member.objects.filter(pk=job.requested_by_id).first() if job.requested_by_id else None


def result(batch: ImportBatch) -> dict[str, Any]:
    summary = (
        f"{batch.row_count:,} rows: {batch.accepted_count:,} taken, {batch.rejected_count:,} rejected, "
        f"{batch.unchanged_count:,} unchanged, {batch.warning_count:,} waiting."
    )
    url = reverse("exchange:batch_detail", args=[batch.tenant.slug, batch.pk])
    return {"summary": batch.message or summary, "url": url}
