"""Order lines and the caps of direct agreements: reserved at booking, kept in step with changes, given back."""

from collections.abc import Iterable

from django.db.models import F

from orders.choices import OrderType
from orders.engine.state import VerbRefused
from orders.models import Order, OrderLine
from pricing.actions.release_caps import release_caps
from pricing.actions.reserve_caps import reserve_caps
from tenancy.prepared import fetch_prepared
from tenancy.scope import current_tenant_id
from values.sql import load


def capped_lines(lines: Iterable[OrderLine]) -> dict[int, int]:
    """The agreement lines whose cap these order lines use: direct ones with a cap.

    Their ids, each with the id of the line that counts for it, its own or that of a later revision.
    """
    wanted = {line.agreement_line_id for line in lines if line.agreement_line_id}
    if not wanted:
        return {}
    values = {"tenant": current_tenant_id(), "ids": "{" + ",".join(map(str, wanted)) + "}"}
    return dict(fetch_prepared(load("orders", "capped_lines"), values))


def keep_cap_in_step(order: Order, line: OrderLine, quantity_delta: int) -> None:
    """A booked line changed its quantity: reserve the increase or give back the decrease.

    A blanket takes nothing from a cap: its releases do.
    """
    if order.order_type == OrderType.BLANKET:
        return
    for capped_id in capped_lines([line]):
        if quantity_delta > 0:
            reserved = reserve_more(capped_id, quantity_delta)
        else:
            reserved = -min(-quantity_delta, line.reserved_qty)
            release_caps(returned={capped_id: -reserved})
        OrderLine.objects.filter(pk=line.pk).update(reserved_qty=F("reserved_qty") + reserved)


def reserve_more(agreement_line_id: int, quantity: int) -> int:
    granted = reserve_caps(wanted={agreement_line_id: quantity})
    if granted[agreement_line_id] < quantity:
        raise VerbRefused(
            f"The agreement's cap does not hold {quantity:,} more (code 04). Nothing was changed.", "quantity"
        )
    return quantity
