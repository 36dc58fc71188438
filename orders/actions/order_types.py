from collections.abc import Collection

from orders.engine.state import VerbRefused
from orders.models import Order


class WrongOrderType(VerbRefused):
    """An order of this type does not do that."""


def require_type(order: Order, allowed: Collection[str], refusal: str) -> None:
    if order.order_type not in allowed:
        raise WrongOrderType(f"{order.number}: {refusal}")
