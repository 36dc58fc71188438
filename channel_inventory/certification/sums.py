"""What hangs on reported texts, text by text."""

from typing import Any

from django.db.models import Count, F, Min, QuerySet, Sum
from django.db.models.functions import JSONObject

from channel_inventory.choices import PosState
from channel_inventory.models import PosLine


def figures_of_text(text: Any) -> QuerySet[Any, Any]:
    """How many current lines name the text, and what they were resold for, as one JSON value."""
    lines = PosLine.objects.filter(reported_end_buyer=text, state=PosState.CURRENT).order_by()
    return lines.values("reported_end_buyer").annotate(
        figures=JSONObject(
            lines=Count("pk"),
            value=Sum(F("quantity") * F("resale_price")),
            currency=Min("currency"),
            currencies=Count("currency", distinct=True),
        )
    )
