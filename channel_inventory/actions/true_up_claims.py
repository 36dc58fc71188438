import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from channel_inventory.actions.bill_returns import billed_back, posted
from channel_inventory.choices import ClaimLineState, PosState
from channel_inventory.claiming.true_ups import Taken, true_up_of
from channel_inventory.models import ClaimLine, LayerConsumption
from tenancy.models import Member


@transaction.atomic
def true_up_claims(*, pos_line_ids: Sequence[int], by: Member | None, at: dt.datetime) -> list[ClaimLine]:
    """Take back what approved claims of these sales got for units that no layer held, as far as the layers that have
    filled them since cost less: no unit is credited from more than it cost.

    Each gets a line of its own, negative and approved, which a later memo takes off. The caller holds the partner.
    """
    found = ClaimLine.objects.select_for_update(of=("self",), no_key=True).filter(
        pos_line_id__in=pos_line_ids, pos_line__state=PosState.CURRENT, state=ClaimLineState.APPROVED,
        reverses__isnull=True,
    )  # fmt: skip
    lines = list(found.order_by("pk"))
    if not lines:
        return []
    taken, earlier = taken_by([line.pos_line_id for line in lines]), billed_back({line.pk for line in lines})
    made = (true_up_of(line, taken[line.pos_line_id], earlier[line.pk], at) for line in lines)
    return posted([line for line in made if line is not None], by, at)


def taken_by(pos_line_ids: Sequence[int]) -> dict[int, list[Taken]]:
    """What each sale took, less what true-ups have replaced; what came back later is of other sales. By
    consumption_of_pos_line.
    """
    rows = LayerConsumption.objects.filter(pos_line_id__in=pos_line_ids).select_related("layer").order_by("pk")
    undone: dict[int | None, int] = defaultdict(int)
    for row in rows:
        undone[row.reverses_id] += row.quantity
    found: dict[int, list[Taken]] = defaultdict(list)
    for row in rows:
        left = row.quantity + undone[row.pk]
        if row.reverses_id is None and left:
            found[row.pos_line_id or 0].append(unit_of(row, left))
    return {pk: sorted(units, key=age) for pk, units in found.items()}


def unit_of(row: LayerConsumption, quantity: int) -> Taken:
    layer = row.layer
    received_on, net_cost = (layer.received_on, layer.net_cost) if layer else (None, None)
    return Taken(row.layer_id, received_on, quantity, row.currency, row.unit_cost, net_cost)


def age(taken: Taken) -> tuple[Any, ...]:
    """Oldest receipt first, and at last what no layer holds."""
    return taken.received_on or dt.date.max, taken.layer_id or 0
