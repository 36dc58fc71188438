from datetime import datetime

from metrics.mailing.subscriptions import Wanted, check
from metrics.models import ReportSubscription

TIMING = ("cadence", "weekday", "hour")


def change_subscription(*, subscription_id: int, wanted: Wanted, at: datetime) -> ReportSubscription:
    """Change what is sent, to whom or when. With another rhythm it starts anew. Raises SubscriptionRefused."""
    checked = check(wanted)
    found = ReportSubscription.objects.select_for_update().get(pk=subscription_id)
    if any(getattr(found, name) != getattr(checked, name) for name in TIMING):
        found.since = at
    for name, value in vars(checked).items():
        setattr(found, name, value)
    found.save()
    return found
