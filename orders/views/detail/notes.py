"""Notes and attachments of an order, as far as row-level security shows them to whoever asks."""

from collections.abc import Iterable
from dataclasses import dataclass

from orders.models import Order, OrderAttachment, OrderNote
from orders.views.detail.there import There

KILOBYTE = 1024


@dataclass(frozen=True)
class NoteRow:
    """What a note says now, and what it said before, newest first."""

    note: OrderNote
    before: list[OrderNote]


@dataclass(frozen=True)
class AttachmentRow:
    attachment: OrderAttachment
    size: str


def notes_of(order: Order, there: There, *, is_outsider: bool) -> list[NoteRow]:
    """Newest first. Outsiders read neither members nor what was corrected."""
    if not there.notes:
        return []
    notes = OrderNote.objects.filter(order=order).order_by("id")
    inside = notes.select_related("written_by__user", "line").defer("line__price_trail", "line__terms_trail")
    rows = chains(notes if is_outsider else inside)
    return [NoteRow(row.note, []) for row in rows] if is_outsider else rows


def chains(notes: Iterable[OrderNote]) -> list[NoteRow]:
    said: dict[int, list[OrderNote]] = {}
    for note in notes:
        said[note.pk] = [note, *(said.pop(note.corrects_id, []) if note.corrects_id else [])]
    return [NoteRow(chain[0], chain[1:]) for chain in sorted(said.values(), key=lambda chain: -chain[-1].pk)]


def attachments_of(order: Order, there: There, *, is_outsider: bool) -> list[AttachmentRow]:
    if not there.attachments:
        return []
    found = OrderAttachment.objects.filter(order=order).order_by("-id")
    if not is_outsider:
        found = found.select_related("added_by__user", "removed_by__user")
    return [AttachmentRow(each, readable(each.size)) for each in found]


def readable(size: int) -> str:
    if size < KILOBYTE:
        return f"{size} bytes"
    if size < KILOBYTE**2:
        return f"{size / KILOBYTE:.0f} KB"
    return f"{size / KILOBYTE**2:.1f} MB"
