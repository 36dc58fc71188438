import datetime as dt

from pricing.actions.locking import lock_agreement
from pricing.actions.write_agreement import header_values, make_line
from pricing.agreements.drafts import AgreementDraft
from pricing.choices import AgreementStatus
from pricing.errors import NumberTaken, WrongStatus
from pricing.models import Agreement, AgreementLine
from tenancy.models import Member


def change_agreement(*, agreement_id: int, draft: AgreementDraft, by: Member | None, at: dt.datetime) -> Agreement:
    """Rewrite a draft. What was submitted or approved is never rewritten. Raises BadTerms, WrongStatus, NumberTaken."""
    draft.check()
    agreement = lock_agreement(agreement_id)
    if agreement.status != AgreementStatus.DRAFT:
        raise WrongStatus(f"{agreement.number} is {agreement.status}: only a draft can be changed. Revise it instead.")
    if draft.number != agreement.number:
        raise NumberTaken("The number stays as it is.")
    for name, value in header_values(draft).items():
        setattr(agreement, name, value)
    agreement.save()
    AgreementLine.objects.filter(agreement=agreement).delete()
    AgreementLine.objects.bulk_create(make_line(agreement, line) for line in draft.lines)
    return agreement
