from metrics.models import ReportSubscription


def stop_subscription(*, subscription_id: int, reason: str) -> bool:
    """Send nothing more. What is on its way is dropped. False when it was stopped, or is gone, already."""
    running = ReportSubscription.objects.filter(pk=subscription_id, is_active=True)
    return bool(running.update(is_active=False, stopped_reason=reason[:120]))
