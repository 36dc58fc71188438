import datetime as dt

from pricing.actions.locking import lock_revisions
from pricing.actions.write_agreement import write_agreement
from pricing.agreements.drafts import AgreementDraft
from pricing.choices import IN_FORCE, AgreementStatus
from pricing.errors import NumberTaken, WrongStatus
from pricing.models import Agreement
from tenancy.models import Member

OPEN = (AgreementStatus.DRAFT, AgreementStatus.SUBMITTED)


def revise_agreement(*, agreement_id: int, draft: AgreementDraft, by: Member | None, at: dt.datetime) -> Agreement:
    """The next revision, as a draft; the present one holds until that is approved.

    Raises BadTerms; WrongStatus when this one is not in force, or another revision is being prepared.
    """
    draft.check()
    number = Agreement.objects.values_list("number", flat=True).get(pk=agreement_id)
    if draft.number != number:
        raise NumberTaken("A revision keeps the number.")
    revisions = lock_revisions([number])
    current = next(each for each in revisions if each.pk == agreement_id)
    if current.status not in IN_FORCE:
        raise WrongStatus(f"Only what was approved is revised; this one is {current.status}.")
    for each in revisions:
        if each.status in OPEN:
            raise WrongStatus(f"Revision {each.revision} is being prepared already: it is {each.status}.")
    return write_agreement(draft, revision=max(each.revision for each in revisions) + 1)
