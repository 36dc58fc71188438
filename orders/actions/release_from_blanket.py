from collections.abc import Sequence
from datetime import date

from orders.actions.blankets import check_releasable, write_taken
from orders.actions.book_order import BookResult
from orders.actions.context import Occasion
from orders.actions.desk import Desk, open_desk
from orders.actions.enter_and_book import enter_and_book
from orders.choices import OrderSource, OrderType
from orders.engine.blankets import call_off
from orders.engine.state import LineState, VerbRefused
from orders.entry import LineEntry, OrderEntry
from orders.models import OrderLine


def release_from_blanket(
    *,
    blanket_id: int,
    lines: Sequence[LineEntry],
    customer_po: str,
    occasion: Occasion,
    version: int | None = None,
    source: str = OrderSource.FORM,
    import_batch_id: int | None = None,
    accept_old_dates: bool = False,
) -> BookResult:
    """Make a standard order that releases from a blanket: priced, routed and booked on `occasion.on`.

    Each line names its `blanket_line_id`, whose quantity it takes under the lock of the blanket. A line that is held
    has taken its quantity too; taking it off gives it back. Raises NotReleasable, VerbRefused (more than is left, not
    booked, another part), StaleVersion, NoSuchOrder, EntryRefused; nothing is written then.
    """
    desk = open_desk(blanket_id, version)
    check_releasable(desk.order, occasion.on)
    if not lines:
        raise VerbRefused("Say how many of which line are released.")
    taken = {line.id: line for each in lines for line in [take(desk, each)]}
    write_taken(desk, list(taken.values()))
    blanket = desk.order
    entry = OrderEntry(
        sell_to_id=blanket.sell_to_id,
        customer_po=customer_po,
        order_date=occasion.on,
        currency=blanket.currency,
        lines=tuple(lines),
        bill_to_id=blanket.bill_to_id,
        order_type=OrderType.STANDARD,
        blanket_id=blanket.pk,
        source=source,
        import_batch_id=import_batch_id,
        default_end_buyer_id=blanket.default_end_buyer_id,
        default_ship_to_id=blanket.default_ship_to_id,
        accept_old_dates=accept_old_dates,
    )
    return enter_and_book(entry=entry, occasion=occasion)


def take(desk: Desk, entry: LineEntry) -> LineState:
    line = desk.state.line(entry.blanket_line_id or 0)
    if not line.is_booked:
        raise VerbRefused(f"Line {line.line_no} of the blanket is not booked.", "line")
    if entry.product_id != line.product_id:
        raise VerbRefused(f"Line {line.line_no} of the blanket is for another part.", "product")
    if entry.quantity <= 0:
        raise VerbRefused("The quantity must be more than 0.", "quantity")
    call_off(line, entry.quantity)
    return line


def line_from(blanket_line: OrderLine, quantity: int, request_date: date) -> LineEntry:
    """A release of a blanket line as it stands there. A price set by hand was agreed for all that is released."""
    return LineEntry(
        product_id=blanket_line.product_id,
        quantity=quantity,
        request_date=request_date,
        end_buyer_id=blanket_line.end_buyer_id,
        ship_to_id=blanket_line.ship_to_id,
        ship_from_id=blanket_line.ship_from_id,
        customer_part=blanket_line.customer_part,
        customer_price=blanket_line.customer_price,
        override_price=blanket_line.override_price,
        override_reason=blanket_line.override_reason,
        cited_agreement=blanket_line.cited_agreement,
        project=blanket_line.project,
        reported_end_buyer=blanket_line.reported_end_buyer,
        reported_ship_to=blanket_line.reported_ship_to,
        blanket_line_id=blanket_line.pk,
    )
