"""Jobs: print what partners get, and foresee what they would claim."""

from typing import Any

from channel_inventory.actions.foresee_claims import foresee_claims
from channel_inventory.documents.claim_credit import CreditDoesNotFoot, paper_of
from channel_inventory.models import ClaimCredit
from jobs.files import store_file
from jobs.handle import GiveUp, JobHandle
from tenancy.models import Tenant
from tenancy.scope import as_house, current_tenant_id
from ui.documents import claim_credit as memos

PDF = "application/pdf"


def print_claim_credit(job: JobHandle) -> dict[str, Any]:
    """A partner's request is done as the house: it was asked for under its own scope."""
    with as_house():
        tenant = Tenant.objects.get(pk=current_tenant_id())
        credit = ClaimCredit.objects.select_for_update(of=("self",)).get(pk=job.payload["credit_id"])
        if credit.file is None:
            try:
                pdf = memos.render(paper_of(credit, tenant))
            except CreditDoesNotFoot as refused:
                raise GiveUp(str(refused)) from refused
            credit.file = store_file(
                pdf, kind="claim_credit", name=f"{credit.number}.pdf", content_type=PDF, right="channel.view",
                party_id=credit.partner_id, job_id=job.id,
            )  # fmt: skip
            credit.save(update_fields=["file"])
        return {"file_id": credit.file.pk, "summary": f"Credit memo {credit.number}"}


def foresee(job: JobHandle) -> dict[str, Any]:
    """Payload: `{"batch_id": 7}`. Done twice it reckons twice."""
    count = foresee_claims(batch_id=job.payload["batch_id"], at=job.at)
    found = "1 reported end buyer has" if count == 1 else f"{count:,} reported end buyers have"
    return {"summary": f"{found} a candidate"}
