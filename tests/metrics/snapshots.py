"""What the snapshot says, in the oracle's words."""

import datetime as dt
from typing import Any

from django.db.models import Q

from metrics.models import BacklogPosition, DailyFlow
from tests.metrics.oracle import Key

FACTS = ("quantity", "value", "reporting_value", "unrated_value", "unbilled_value")
KEY = ("sell_to_id", "end_buyer_id", "product_id", "currency")


def positions_on(day: dt.date) -> dict[Key, tuple[int, ...]]:
    found = BacklogPosition.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)
    answer: dict[Key, tuple[int, ...]] = {}
    for row in found.values_list(*KEY, *FACTS):
        assert row[:4] not in answer, "two positions of one key on one day"
        answer[row[:4]] = row[4:]
    return answer


def whole_snapshot() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """All flows and positions."""
    flows = list(DailyFlow.objects.order_by("day", *KEY).values())
    return flows, list(BacklogPosition.objects.order_by(*KEY, "valid_from").values())
