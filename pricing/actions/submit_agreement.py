import datetime as dt

from pricing.actions.locking import check_transition, lock_agreement
from pricing.choices import AgreementStatus
from pricing.models import Agreement
from tenancy.models import Member


def submit_agreement(*, agreement_id: int, by: Member | None, at: dt.datetime) -> Agreement:
    """Hand a draft in for approval. Raises WrongStatus."""
    agreement = lock_agreement(agreement_id)
    check_transition(agreement, AgreementStatus.SUBMITTED)
    agreement.status = AgreementStatus.SUBMITTED
    agreement.save(update_fields=["status"])
    return agreement
