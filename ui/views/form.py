from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm, CharField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tenancy.clicks import SentBefore, click_of, digest_of, once
from tenancy.scope import state_reason
from ui.views.access import PermittedView
from ui.views.in_place import done, in_place_context

REASON_FIELD = "change_reason"
REASON_LENGTH = 500
UNPROCESSABLE = 422


class FormPage(PermittedView, ABC):
    """A form whose POST calls one action.

    Errors come back as 422 with everything typed still there. `refusals` are the action's own error classes; one
    with an attribute `field` is shown beside that field, any other above the form. The hidden field `click` is the
    idempotency key of this form: a second POST with it is led to where the first one went, without `execute`.
    With `asks_reason` the form ends with an optional reason, which goes to the audit trail and not to `execute`; a
    field `reason` of the form's own goes there too.
    """

    form_class: ClassVar[type[BaseForm]]
    template_name: ClassVar[str] = "ui/form.html"
    heading: ClassVar[str] = ""
    submit_label: ClassVar[str] = "Save"
    refusals: ClassVar[tuple[type[Exception], ...]] = ()
    success_message: ClassVar[str] = ""
    asks_reason: ClassVar[bool] = False
    # given where a form came back that was sent before
    new_click: UUID | None = None

    # what a page says itself ------------------------------------------------------------------------------------

    @abstractmethod
    def execute(self, form: Any) -> str:
        """Call the action with `form.cleaned_data`; answer with the address to go to."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {}

    def get_initial(self) -> dict[str, Any]:
        return {}

    def get_heading(self) -> str:
        return self.heading

    def get_success_message(self) -> str:
        return self.success_message

    def get_cancel_url(self) -> str:
        return ""

    def get_history_url(self) -> str:
        """Where the changes of the record that the form is about are told, if anywhere."""
        return ""

    def get_context(self, form: Any) -> dict[str, Any]:
        return {}

    # how it runs ------------------------------------------------------------------------------------------------

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.render_form(self.get_form(initial=self.get_initial()))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.get_form(data=request.POST, files=request.FILES, initial=self.get_initial())
        if not form.is_valid():
            return self.render_form(form, status=UNPROCESSABLE)
        state_reason(taken_reason(form))
        try:
            with transaction.atomic():
                do, body = partial(self.execute, form), self.digest()
                target = once(key=self.click, by=self.member, path=request.path, do=do, body=body)
        except SentBefore as refusal:
            form.add_error(None, str(refusal))
            self.new_click = uuid4()
            return self.render_form(form, status=UNPROCESSABLE)
        except self.refusals as refusal:
            show_refusal(form, refusal)
            return self.render_form(form, status=UNPROCESSABLE)
        if message := self.get_success_message():
            messages.success(request, message)
        return done(request, target)

    def get_form(self, **kwargs: Any) -> Any:
        form: Any = self.form_class(**kwargs, **self.get_form_kwargs())
        if self.asks_reason:
            form.fields[REASON_FIELD] = reason_field()
        return form

    @property
    def click(self) -> UUID:
        return click_of(self.request.POST)

    def digest(self) -> str:
        files = [(name, [f"{one.name} {one.size}" for one in found]) for name, found in self.request.FILES.lists()]
        return digest_of([*self.request.POST.lists(), *files])

    def page_context(self, form: Any) -> dict[str, Any]:
        return {
            "form": form,
            "click": self.new_click or self.click,
            "heading": self.get_heading(),
            "submit_label": self.submit_label,
            "cancel_url": self.get_cancel_url(),
            "history_url": self.get_history_url(),
        }

    def render_form(self, form: Any, status: int = 200) -> HttpResponse:
        context = {**in_place_context(self.request), **self.page_context(form), **self.get_context(form)}
        return render(self.request, self.template_name, context, status=status)


def reason_field() -> CharField:
    return CharField(
        required=False,
        max_length=REASON_LENGTH,
        label="Reason for the change",
        help_text="Stands in the history, beside who and when",
    )


def taken_reason(form: Any) -> str:
    """Why, as the form says it; the field that we added is taken out of what the action gets."""
    said = form.cleaned_data.pop(REASON_FIELD, "") or form.cleaned_data.get("reason", "")
    return said if isinstance(said, str) else ""


def show_refusal(form: Any, refusal: Exception) -> None:
    """Put what an action refused where the person can mend it."""
    field = getattr(refusal, "field", None)
    form.add_error(field if field in form.fields else None, refusal_texts(refusal))


def refusal_texts(refusal: Exception) -> Sequence[str]:
    texts = getattr(refusal, "messages", None)
    return list(texts) if texts else [str(refusal)]
