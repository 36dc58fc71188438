"""What lines of reports took from which layers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Sum

from channel_inventory.models import LayerConsumption


@dataclass(frozen=True)
class Piece:
    """Units of one layer; without a layer they were sold beyond what we knew of. A return's quantities are negative."""

    layer_id: int | None
    quantity: int
    unit_cost: Decimal | None


def layer_pieces(pos_line_ids: Sequence[int]) -> dict[int, list[Piece]]:
    """The pieces of each line, oldest receipt first, shortages last: what is left after corrections and true-ups."""
    found: dict[int, list[Piece]] = {line: [] for line in pos_line_ids}
    sums = (
        LayerConsumption.objects.filter(pos_line_id__in=pos_line_ids)
        .values("pos_line_id", "layer_id", "unit_cost", "layer__received_on")
        .annotate(units=Sum("quantity"))
        .exclude(units=0)
        .order_by("pos_line_id", F("layer__received_on").asc(nulls_last=True), "layer_id")
    )
    for each in sums:
        found[each["pos_line_id"]].append(Piece(each["layer_id"], each["units"], each["unit_cost"]))
    return found
