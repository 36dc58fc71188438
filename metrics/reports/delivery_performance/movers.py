"""Who moved the commits of schedules last, and why."""

import datetime as dt
from collections.abc import Sequence

from orders.choices import Initiator, Verb
from orders.forms.reasons import reason_label
from orders.models import OrderLedger


def last_movers(schedule_ids: Sequence[int], as_of: dt.date) -> dict[int, str]:
    """In words, by schedule; by ledger_of_schedule. One statement."""
    moves = OrderLedger.objects.filter(
        schedule_id__in=schedule_ids, verb=Verb.COMMIT_MOVED, event_date__lte=as_of
    ).order_by("schedule_id", "-event_date", "-recorded_at", "-pk")
    found = moves.distinct("schedule_id").values_list("schedule_id", "initiator", "reason_code")
    return {pk: words(initiator, code) for pk, initiator, code in found}


def words(initiator: str, code: str) -> str:
    who = Initiator(initiator).label
    return f"{who}: {reason_label(code).lower()}" if code else who
