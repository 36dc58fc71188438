import datetime as dt

from pricing.actions.locking import check_transition, lock_revisions
from pricing.actions.put_in_force import put_in_force
from pricing.choices import AgreementStatus
from pricing.errors import NotAllowed
from pricing.models import Agreement
from tenancy.models import Member


def approve_agreement(*, agreement_id: int, by: Member | None, at: dt.datetime) -> Agreement:
    """Put a submitted revision in force, in place of the one before it, whose use it takes over.

    Raises NotAllowed without the right `prices.approve`, WrongStatus, AgreementOverlap naming the other agreement
    and the days, RevisionBelowUse.
    """
    if by is not None and not by.may("prices.approve"):
        raise NotAllowed("Approving prices needs the right to do so.")
    number = Agreement.objects.values_list("number", flat=True).get(pk=agreement_id)
    agreement = next(each for each in lock_revisions([number]) if each.pk == agreement_id)
    check_transition(agreement, AgreementStatus.APPROVED)
    put_in_force([agreement], by=by, at=at)
    return agreement
