import datetime as dt

from pricing.actions.locking import check_transition, lock_agreement
from pricing.choices import AgreementStatus
from pricing.models import Agreement, AgreementLine
from tenancy.models import Member


def close_agreement(*, agreement_id: int, by: Member | None, at: dt.datetime) -> Agreement:
    """End an agreement at once: no line is priced by it any more, booked lines keep their price. Raises WrongStatus."""
    agreement = lock_agreement(agreement_id)
    check_transition(agreement, AgreementStatus.CLOSED)
    agreement.status = AgreementStatus.CLOSED
    agreement.save(update_fields=["status"])
    AgreementLine.objects.filter(agreement=agreement).update(is_in_force=False)
    return agreement
