"""The rows that a sales-operations desk works off: what waits for a promise, is late, moved, held or due to go out.

Blanket orders stay out: they are neither promised nor shipped, their releases are.
"""

from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from orders.choices import HoldScope, OrderType, Verb
from orders.models import Hold, Order, OrderLedger, Schedule

# a move that nobody answered in this time is history
MOVES_ARE_NEWS = timedelta(days=90)
ANSWERS = (Verb.COMMIT_SET, Verb.COMMIT_MOVED, Verb.REQUEST_MOVED)


def open_schedules() -> QuerySet[Schedule]:
    """Leans on schedule_by_request, or on schedule_open where a commit is asked for."""
    # asked for by itself: joined, the planner starts from the orders
    blankets = Order.objects.filter(pk=OuterRef("order_id"), order_type=OrderType.BLANKET)
    return Schedule.objects.filter(~Exists(blankets), open_qty__gt=0)


def without_commit() -> QuerySet[Schedule]:
    return open_schedules().filter(current_commit__isnull=True)


def past_due(today: date) -> QuerySet[Schedule]:
    """Delinquent: open, and promised for a day that has passed."""
    return open_schedules().filter(current_commit__lt=today)


def release_due(today: date) -> QuerySet[Schedule]:
    """Promised for today or earlier, not all on ship requests, and nothing holds it back."""
    found = open_schedules().filter(current_commit__lte=today, open_qty__gt=F("released_qty"))
    held = Hold.objects.filter(line=OuterRef("line"), scope=HoldScope.SHIPPING, released_at__isnull=True)
    return found.exclude(Exists(held))


def held() -> QuerySet[Hold]:
    """Leans on hold_open."""
    return Hold.objects.filter(released_at__isnull=True)


def requests_moved(at: datetime) -> QuerySet[OrderLedger]:
    """Latest moves of a request date that no commit has answered, of what is open. Leans on ledger_request_moves."""
    later = OrderLedger.objects.filter(
        order=OuterRef("order"), schedule=OuterRef("schedule"), pk__gt=OuterRef("pk"), verb__in=ANSWERS
    )
    moves = OrderLedger.objects.filter(verb=Verb.REQUEST_MOVED, recorded_at__gte=at - MOVES_ARE_NEWS)
    still_open = moves.filter(schedule__open_qty__gt=0)
    met = Q(schedule__current_commit__isnull=False, schedule__current_commit=F("schedule__request_date"))
    return still_open.exclude(met).exclude(Exists(later))
