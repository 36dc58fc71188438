import datetime as dt

from orders.models import OrderDraft

# nobody comes back to a page that was left for a quarter
KEPT_FOR = dt.timedelta(days=90)


def discard_abandoned(*, at: dt.datetime) -> int:
    """Throw away drafts that nobody has saved for `KEPT_FOR`; what was entered stays. Returns how many went."""
    count, _ = OrderDraft.objects.filter(order__isnull=True, saved_at__lt=at - KEPT_FOR).delete()
    return count
