from decimal import Decimal

from orders.actions.context import Occasion
from orders.actions.desk import open_desk, write
from orders.engine import quantities
from orders.engine.state import VerbRefused
from orders.models import Order, OrderLine
from pricing.choices import PriceSource
from values.money import format_price


def change_price(
    *, order_id: int, line_id: int, unit_price: Decimal, occasion: Occasion, line_version: int | None = None
) -> Order:
    """Set the price of a booked line by hand: the open quantity is re-valued, shipped goods keep theirs.

    A reason is required and stands in the trail. Raises VerbRefused, StaleVersion.
    """
    if not occasion.because.note.strip():
        raise VerbRefused("A manual price needs a reason.", "reason")
    desk = open_desk(order_id)
    line = desk.line(line_id, line_version)
    row = desk.rows[line_id]
    was = row.unit_price
    if unit_price == was:
        raise VerbRefused("That is the price already.", "price")
    write(desk, quantities.change_price(desk.state, line, unit_price), occasion)
    OrderLine.objects.filter(pk=line_id).update(
        price_source=PriceSource.MANUAL,
        price_reason=f"Override: {occasion.because.note}"[:200],
        override_price=unit_price,
        override_reason=occasion.because.note[:200],
        price_trail=[manual_step(unit_price, desk.order.currency, occasion.because.note), *row.price_trail],
    )
    return desk.order


def manual_step(price: Decimal, currency: str, reason: str) -> dict:
    return {
        "step": PriceSource.MANUAL,
        "applies": True,
        "ref": "",
        "price": str(price),
        "currency": currency,
        "why": f"Set by hand to {format_price(price, currency)}: {reason}",
    }
