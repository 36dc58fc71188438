from fulfilment.errors import FulfilmentRefused
from fulfilment.models import ShipmentException
from orders.actions.context import Occasion


def clear_exception(*, exception_id: int, occasion: Occasion) -> ShipmentException:
    """Somebody has dealt with a mismatch and says how. Raises FulfilmentRefused."""
    if not occasion.because.note.strip():
        raise FulfilmentRefused("Say how the mismatch was settled.", "reason")
    found = ShipmentException.objects.select_for_update().filter(pk=exception_id).first()
    if found is None:
        raise FulfilmentRefused("There is no such exception.")
    if found.cleared_at:
        raise FulfilmentRefused("It is cleared already.")
    found.cleared_at, found.cleared_by, found.clear_reason = occasion.at, occasion.by, occasion.because.note
    found.save(update_fields=["cleared_at", "cleared_by", "clear_reason"])
    return found
