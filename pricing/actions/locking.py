"""Locks on agreements, always in primary-key order: headers first, then lines."""

from collections.abc import Collection

from pricing.choices import AGREEMENT_TRANSITIONS, AgreementStatus
from pricing.errors import WrongStatus
from pricing.models import Agreement, AgreementLine


def lock_agreement(agreement_id: int) -> Agreement:
    """Raises Agreement.DoesNotExist."""
    return Agreement.objects.select_for_update().get(pk=agreement_id)


def lock_revisions(numbers: Collection[str]) -> list[Agreement]:
    """All revisions of these numbers."""
    return list(Agreement.objects.select_for_update().filter(number__in=numbers).order_by("pk"))


def lock_lines(agreements: Collection[Agreement]) -> list[AgreementLine]:
    keys = [agreement.pk for agreement in agreements]
    return list(AgreementLine.objects.select_for_update().filter(agreement_id__in=keys).order_by("pk"))


def check_transition(agreement: Agreement, status: AgreementStatus) -> None:
    if status not in AGREEMENT_TRANSITIONS[agreement.status]:
        was = AgreementStatus(agreement.status).label.lower()
        raise WrongStatus(
            f"{agreement.number} revision {agreement.revision} is {was} and cannot become {status.label.lower()}."
        )
