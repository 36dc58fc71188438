from orders.actions.context import Occasion
from orders.engine.state import VerbRefused
from orders.locks import lock_order
from orders.models import OrderAttachment


def remove_attachment(*, attachment_id: int, occasion: Occasion) -> OrderAttachment:
    """Take a file off an order, with a reason; it stays on record for insiders. Raises VerbRefused."""
    found = OrderAttachment.objects.filter(pk=attachment_id).first()
    if found is None:
        raise VerbRefused("There is no such file.")
    lock_order(found.order_id)
    found.refresh_from_db()
    if found.removed_at:
        raise VerbRefused("This file is taken off already.")
    if not occasion.because.note.strip():
        raise VerbRefused("Say why it is taken off.", "reason")
    found.removed_by, found.removed_at, found.remove_reason = occasion.by, occasion.at, occasion.because.note.strip()
    found.save(update_fields=["removed_by", "removed_at", "remove_reason"])
    return found
