from datetime import datetime

from metrics.models import ReportSubscription


def resume_subscription(*, subscription_id: int, at: datetime) -> bool:
    """Send again from now on; what fell due meanwhile is not sent late. False when it runs already."""
    stopped = ReportSubscription.objects.filter(pk=subscription_id, is_active=False)
    return bool(stopped.update(is_active=True, stopped_reason="", since=at))
