"""What jobs of this floor do. Each takes its job, makes one action call and returns the result as JSON."""

from datetime import date, timedelta
from typing import Any

from channel_inventory.actions.catch_up_sell_in import catch_up_sell_in
from channel_inventory.actions.foresee_claims import foresee_claims
from channel_inventory.actions.refresh_positions import refresh_positions
from channel_inventory.actions.value_late_agreements import value_late_agreements
from jobs.handle import JobHandle
from metrics.actions.hand_over import hand_over
from metrics.actions.make_report_file import make_report_file
from metrics.actions.prepare_delivery import prepare_delivery, result_of
from metrics.actions.run_nightly import run_nightly
from metrics.actions.settle_deliveries import settle_deliveries
from orders.actions.discard_abandoned import discard_abandoned
from pricing.actions.expire_agreements import expire_agreements

# as far back as nights may have been missed
LATE_AGREEMENTS = timedelta(days=30)


def nightly(job: JobHandle) -> dict[str, Any]:
    """Payload: `{"night": "2026-11-22"}`. Agreements that ended with that day expire, abandoned drafts go, and what
    was invoiced to partners becomes channel stock. What agreements cover that came after the sale is claimed, and what
    uncertified sales would claim is reckoned anew. At last the outcomes of what was delivered are settled."""
    night = date.fromisoformat(job.payload["night"])
    expire_agreements(on=night + timedelta(days=1))
    discard_abandoned(at=job.at)
    catch_up_sell_in(at=job.at)
    refresh_positions(at=job.at)
    value_late_agreements(since=job.at - LATE_AGREEMENTS, at=job.at)
    foresee_claims(at=job.at)
    run = run_nightly(night=night, at=job.at, job_id=job.id, progress=job.progress)
    settle_deliveries(night=night, at=job.at, job_id=job.id)
    state = "reconciled to the cent" if run.is_reconciled else "DOES NOT RECONCILE with the ledger"
    return {
        "summary": f"{run.night}: {len(run.days)} days from {run.ledger_rows:,} ledger rows, {state}",
        "run_id": run.pk,
        "is_reconciled": run.is_reconciled,
    }


def report(job: JobHandle) -> dict[str, Any]:
    """Payload: see `request_report`. The file it makes is stored, and found on the job's page."""
    return {"file_id": make_report_file(payload=job.payload, at=job.at, job_id=job.id, progress=job.progress).pk}


def report_delivery(job: JobHandle) -> dict[str, Any]:
    """Payload: `{"delivery": 7}`. Draws what a mail carries; sending it is the next job."""
    delivery = prepare_delivery(delivery_id=job.payload["delivery"], at=job.at, job_id=job.id, progress=job.progress)
    return result_of(delivery)


def report_mail(job: JobHandle) -> dict[str, Any]:
    """Payload: `{"delivery": 7}`. One try at the mail server."""
    return result_of(hand_over(delivery_id=job.payload["delivery"], at=job.at))
