import datetime as dt

from channel_inventory.models import ClaimCredit
from jobs.actions.request_job import request_job
from jobs.models import JobRequest
from tenancy.models import Member

CLAIM_CREDIT = "claim_credit"


def request_credit_document(*, credit: ClaimCredit, by: Member | None, at: dt.datetime) -> JobRequest:
    """Print it, once: what is issued never changes. Whoever may see it may ask."""
    return request_job(kind=CLAIM_CREDIT, unique_key=str(credit.pk), payload={"credit_id": credit.pk}, by=by, at=at)
