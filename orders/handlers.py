"""Jobs: print what goes to the customer, keep it where the customer may fetch it, mail it; change very many dates."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from jobs.files import store_file
from jobs.handle import GiveUp, JobHandle
from jobs.mailing import state_words
from jobs.models import GeneratedFile
from orders.actions.acknowledge_order import NothingBooked, acknowledge_order
from orders.actions.change_dates_in_parts import change_dates_in_parts
from orders.actions.context import Occasion
from orders.actions.freeze_invoice import freeze_invoice
from orders.actions.print_paper import print_acknowledgement, print_frozen_invoice
from orders.actions.request_date_changes import COMMIT, because_from
from orders.actions.send_paper import prepare_paper_mail, send_paper_mail
from orders.date_rule import rule_from
from orders.documents.invoice import DoesNotFoot
from orders.models import PaperMail, Schedule
from tenancy.models import Member, Tenant
from tenancy.scope import as_house, current_tenant_id
from ui.exports import CSV_TYPE, csv_chunks


def acknowledge(job: JobHandle) -> dict[str, Any]:
    tenant = Tenant.objects.get(pk=current_tenant_id())
    by = Member.objects.filter(pk=job.requested_by_id).first() if job.requested_by_id else None
    try:
        made = acknowledge_order(
            order_id=job.payload["order_id"], occasion=Occasion(by=by, at=job.at, on=tenant.today(job.at))
        )
    except NothingBooked as refused:
        raise GiveUp(str(refused)) from refused
    file = print_acknowledgement(made, tenant, job.id)
    return {"file_id": file.pk, "summary": f"{made.order.number}, acknowledgement revision {made.revision}"}


def print_invoice(job: JobHandle) -> dict[str, Any]:
    """An outsider's request is done as the house: it was asked for under its own scope."""
    with as_house():
        tenant = Tenant.objects.get(pk=current_tenant_id())
        invoice = freeze_invoice(invoice_id=job.payload["invoice_id"])
        try:
            file = print_frozen_invoice(invoice, tenant, job.id)
        except DoesNotFoot as refused:
            raise GiveUp(str(refused)) from refused
        return {"file_id": file.pk, "summary": f"{invoice.get_kind_display()} {invoice.number}"}


def document_for_mail(job: JobHandle) -> dict[str, Any]:
    """Payload: `{"mail": 7}`. Prints what the mail carries; sending it is the next job."""
    try:
        return mail_result(prepare_paper_mail(mail_id=job.payload["mail"], at=job.at, job_id=job.id))
    except DoesNotFoot as refused:
        raise GiveUp(str(refused)) from refused


def document_mail(job: JobHandle) -> dict[str, Any]:
    """Payload: `{"mail": 7}`. One try at the mail server."""
    return mail_result(send_paper_mail(mail_id=job.payload["mail"], at=job.at))


def mail_result(mail: PaperMail) -> dict[str, Any]:
    """For the job's page."""
    return {"summary": f"{mail.order.number}, {mail}: {state_words(mail).lower()}"}


def date_changes(job: JobHandle) -> dict[str, Any]:
    """What could not be changed becomes a file, with the reason of each."""
    payload = job.payload
    by = Member.objects.filter(pk=job.requested_by_id).first() if job.requested_by_id else None
    seen = dict(payload["schedules"])
    tally = change_dates_in_parts(
        seen=seen,
        rule=rule_from(payload["rule"]),
        is_commit=payload["what"] == COMMIT,
        occasion=Occasion(by=by, at=job.at, on=date.fromisoformat(payload["on"]), because=because_from(payload)),
        progress=job.progress,
    )
    result: dict[str, Any] = {"summary": f"{tally.done:,} of {len(seen):,} changed"}
    if tally.same:
        result["summary"] += f", {tally.same:,} were so already"
    if tally.refused:
        result["summary"] += f", {len(tally.refused):,} refused: the file says why"
        result["file_id"] = refusals_file(tally.refused, job).pk
    return result


def refusals_file(refused: Mapping[int, str], job: JobHandle) -> GeneratedFile:
    found = Schedule.objects.filter(pk__in=list(refused)).order_by("order_id", "line__line_no", "number")
    rows = found.values_list("pk", "order__number", "line__line_no", "number", "line__product__sku")
    told = ([number, f"{line}.{part}", sku, refused[pk]] for pk, number, line, part, sku in rows)
    content = b"".join(csv_chunks(["Order", "Line", "Part", "Why it was not changed"], told))
    return store_file(
        content, kind="date_changes", name="not-changed.csv", content_type=CSV_TYPE, right="orders.change",
        job_id=job.id,
    )  # fmt: skip
