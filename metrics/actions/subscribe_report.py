from datetime import datetime

from metrics.mailing.subscriptions import Wanted, check
from metrics.models import ReportSubscription
from tenancy.models import Member


def subscribe_report(*, wanted: Wanted, by: Member, at: datetime) -> ReportSubscription:
    """Have figures sent from now on. Raises SubscriptionRefused."""
    return ReportSubscription.objects.create(**vars(check(wanted)), since=at, created_by=by)
