from orders.actions.context import Occasion
from orders.actions.desk import open_desk, refresh_order, write
from orders.engine.quantities import transfer
from orders.engine.state import VerbRefused
from orders.models import Order
from parties.choices import PartyRole, PartyStatus
from parties.models import Party


def transfer_order(*, order_id: int, sell_to_id: int, occasion: Occasion, version: int | None = None) -> Order:
    """Move an order's open backlog to another sell-to. What has shipped stays with the old one.

    Raises VerbRefused, StaleVersion.
    """
    desk = open_desk(order_id, version)
    party = Party.objects.filter(pk=sell_to_id, role_facts__role=PartyRole.SELL_TO).first()
    if party is None or party.status != PartyStatus.ACTIVE:
        raise VerbRefused("This sell-to is not known or not active.", "sell_to")
    if sell_to_id == desk.order.sell_to_id:
        raise VerbRefused("The order belongs to this sell-to already.", "sell_to")
    events = []
    for line in desk.state.lines:
        if line.is_booked and line.open_qty:
            events += transfer(desk.state, line, end_buyer_id=line.end_buyer_id, sell_to_id=sell_to_id)
    write(desk, events, occasion)
    desk.order.sell_to_id = sell_to_id
    desk.order.save(update_fields=["sell_to"])
    if not events:
        refresh_order(desk.order)
    return desk.order
