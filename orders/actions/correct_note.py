from orders.actions.context import Occasion
from orders.engine.state import VerbRefused
from orders.locks import lock_order
from orders.models import OrderNote


def correct_note(*, note_id: int, text: str, occasion: Occasion) -> OrderNote:
    """Write the note anew, for the same readers; the old one stays on record. Raises VerbRefused."""
    note = OrderNote.objects.filter(pk=note_id).first()
    if note is None:
        raise VerbRefused("There is no such note.")
    lock_order(note.order_id)
    if OrderNote.objects.filter(corrects=note).exists():
        raise VerbRefused("This note is corrected already: correct the newer one.", "text")
    if not text.strip() or text.strip() == note.text:
        raise VerbRefused("Write what it should say.", "text")
    return OrderNote.objects.create(
        order_id=note.order_id,
        line_id=note.line_id,
        text=text.strip(),
        is_shared=note.is_shared,
        corrects=note,
        written_by=occasion.by,
        written_at=occasion.at,
    )
