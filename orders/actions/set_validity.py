from datetime import date

from orders.actions.context import Occasion
from orders.actions.desk import refresh_order
from orders.actions.order_types import require_type
from orders.choices import OrderType
from orders.engine.state import VerbRefused
from orders.locks import lock_order
from orders.models import Order


def set_validity(*, order_id: int, valid_to: date | None, occasion: Occasion, version: int | None = None) -> Order:
    """Say until when a blanket is released from; None leaves it open. What is released already stays.

    Raises WrongOrderType, VerbRefused, StaleVersion, NoSuchOrder.
    """
    order = lock_order(order_id, version)
    require_type(order, [OrderType.BLANKET], "only a blanket order has a last day.")
    if valid_to and valid_to < order.order_date:
        raise VerbRefused(f"The blanket is of {order.order_date}: it cannot end before.", "valid_to")
    order.valid_to = valid_to
    order.save(update_fields=["valid_to"])
    refresh_order(order)
    return order
