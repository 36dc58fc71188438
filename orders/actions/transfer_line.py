from orders.actions.context import Occasion
from orders.actions.desk import open_desk, write
from orders.engine.quantities import transfer
from orders.engine.state import VerbRefused
from orders.models import Order
from parties.choices import PartyStatus
from parties.models import Party


def transfer_line(
    *, order_id: int, line_id: int, end_buyer_id: int | None, occasion: Occasion, line_version: int | None = None
) -> Order:
    """Give a line's open quantity to another end buyer: − old, + new, zero in sum. The price stays as it is.

    Raises VerbRefused, StaleVersion.
    """
    desk = open_desk(order_id)
    line = desk.line(line_id, line_version)
    if end_buyer_id is not None:
        party = Party.objects.filter(pk=end_buyer_id).first()
        if party is None or party.status != PartyStatus.ACTIVE:
            raise VerbRefused("This end buyer is not known or not active.", "end_buyer")
    write(desk, transfer(desk.state, line, end_buyer_id=end_buyer_id), occasion)
    return desk.order
