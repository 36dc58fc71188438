import datetime as dt

from pricing.actions.write_agreement import write_agreement
from pricing.agreements.drafts import AgreementDraft
from pricing.errors import NumberTaken
from pricing.models import Agreement
from tenancy.models import Member


def create_agreement(*, draft: AgreementDraft, by: Member | None, at: dt.datetime) -> Agreement:
    """A first revision, as a draft: it prices nothing yet. Raises BadTerms, NumberTaken."""
    draft.check()
    if Agreement.objects.filter(number=draft.number).exists():
        raise NumberTaken(f"There is an agreement {draft.number} already. Revise it, or take another number.")
    return write_agreement(draft, revision=1)
