import datetime as dt

from pricing.actions.locking import check_transition, lock_agreement
from pricing.choices import AgreementStatus
from pricing.models import Agreement
from tenancy.models import Member


def return_agreement(*, agreement_id: int, by: Member | None, at: dt.datetime) -> Agreement:
    """Give what was submitted back as a draft, to be changed. Raises WrongStatus."""
    agreement = lock_agreement(agreement_id)
    check_transition(agreement, AgreementStatus.DRAFT)
    agreement.status = AgreementStatus.DRAFT
    agreement.save(update_fields=["status"])
    return agreement
