"""Notes and attachments: written and added in place, downloaded by whoever sees the order and may see the file."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from jobs.files import FileMissing
from jobs.models import GeneratedFile
from jobs.views.download import download
from orders.actions.add_note import add_note
from orders.actions.attach_file import attach_file
from orders.actions.context import Occasion
from orders.actions.correct_note import correct_note
from orders.actions.remove_attachment import remove_attachment
from orders.attachments import MAX_BYTES, NotAttachable
from orders.engine.state import VerbRefused
from orders.forms.notes import AttachForm, CorrectionForm, NoteForm, TakeOffForm
from orders.models import OrderAttachment, OrderNote
from orders.views.lists import OrdersView
from orders.views.verbs.base import OrderVerb
from tenancy.scope import as_house
from ui.views import PermittedView

# one byte more than may be kept shows that there is too much
MAX_READ = MAX_BYTES + 1


class AddNote(OrderVerb):
    permission = "orders.view"
    heading = "Write a note"
    form_class = NoteForm
    submit_label = "Keep it"
    success_message = "Note kept."

    def act(self, typed: dict[str, Any], occasion: Occasion) -> None:
        add_note(
            order_id=self.order.pk,
            text=typed["text"],
            line_no=typed["line_no"],
            is_shared=typed["is_shared"],
            occasion=occasion,
        )


class CorrectNote(OrderVerb):
    permission = "orders.view"
    heading = "Correct the note"
    form_class = CorrectionForm
    submit_label = "Keep the correction"
    success_message = "Note corrected. What it said before stays on record."

    @cached_property
    def note(self) -> OrderNote:
        return get_object_or_404(OrderNote, pk=self.kwargs["note"], order_id=self.kwargs["pk"])

    def current(self) -> dict[str, Any]:
        return {"text": self.note.text}

    def act(self, typed: dict[str, Any], occasion: Occasion) -> None:
        correct_note(note_id=self.note.pk, text=typed["text"], occasion=occasion)


class AttachFile(OrderVerb):
    permission = "orders.view"
    heading = "Attach a file"
    form_class = AttachForm
    submit_label = "Attach it"
    success_message = "File attached."
    refusals = (VerbRefused, NotAttachable)

    def act(self, typed: dict[str, Any], occasion: Occasion) -> None:
        file = typed["file"]
        attach_file(
            order_id=self.order.pk,
            name=file.name,
            content=file.read(MAX_READ),
            about=typed["about"],
            is_shared=typed["is_shared"],
            occasion=occasion,
        )


class RemoveAttachment(OrderVerb):
    heading = "Take the file off"
    form_class = TakeOffForm
    submit_label = "Take it off"
    success_message = "File taken off."

    @cached_property
    def attachment(self) -> OrderAttachment:
        return get_object_or_404(OrderAttachment, pk=self.kwargs["attachment"], order_id=self.kwargs["pk"])

    def about(self) -> str:
        return self.attachment.name

    def act(self, typed: dict[str, Any], occasion: Occasion) -> None:
        remove_attachment(attachment_id=self.attachment.pk, occasion=occasion)


class DownloadAttachment(OrdersView, PermittedView):
    """Row-level security leaves a partner the shared files of its own orders; the bytes are fetched as the house."""

    permission = "orders.view"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        found = get_object_or_404(OrderAttachment, pk=kwargs["attachment"], order_id=kwargs["pk"])
        with as_house():
            file = GeneratedFile.objects.get(pk=found.file_id)
        try:
            return download(file)
        except FileMissing as error:
            raise Http404(str(error)) from error
