from orders.actions.book_order import book_order
from orders.actions.context import Occasion
from orders.actions.desk import refresh_order
from orders.choices import RIGHT_TO_RELEASE, UNRELEASABLE, HoldScope
from orders.engine.state import VerbRefused
from orders.locks import lock_order
from orders.models import Hold


class MayNotRelease(PermissionError):
    """The member's role may not release this kind of hold."""


def release_hold(*, hold_id: int, occasion: Occasion) -> Hold:
    """Release a hold with a reason. When it was the last booking hold of its line, the line books.

    Raises VerbRefused (released already, no reason, or a hold whose cause must go first), MayNotRelease.
    """
    hold = Hold.objects.filter(pk=hold_id).first()
    if hold is None:
        raise VerbRefused("There is no such hold.", "hold")
    order = lock_order(hold.order_id)
    hold.refresh_from_db()
    check(hold, occasion)
    hold.released_at, hold.released_by, hold.release_reason = occasion.at, occasion.by, occasion.because.note
    hold.save(update_fields=["released_at", "released_by", "release_reason"])
    if hold.scope == HoldScope.BOOKING:
        book_order(order_id=order.pk, occasion=occasion)
    else:
        refresh_order(order)
    return hold


def check(hold: Hold, occasion: Occasion) -> None:
    if hold.released_at:
        raise VerbRefused("This hold is released already.", "hold")
    if not occasion.because.note.strip():
        raise VerbRefused("Say why the hold is released.", "reason")
    right = RIGHT_TO_RELEASE[hold.kind]
    if occasion.by is None or not occasion.by.may(right):
        raise MayNotRelease(f"Releasing “{hold.get_kind_display()}” needs the right {right}.")
    if hold.kind in UNRELEASABLE:
        raise VerbRefused(
            f"“{hold.get_kind_display()}” cannot be waved through: mend its cause, then check the order again.", "hold"
        )
