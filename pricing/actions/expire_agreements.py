import datetime as dt

from pricing.choices import AgreementStatus
from pricing.models import Agreement


def expire_agreements(*, on: dt.date) -> int:
    """Mark what ended before this day, in one statement. Returns how many.

    Their lines stay in force: orders and reports that come late are priced by their own dates.
    """
    ended = Agreement.objects.filter(status=AgreementStatus.APPROVED, valid_to__lt=on)
    return ended.update(status=AgreementStatus.EXPIRED)
