from typing import Any, ClassVar

from django.forms import BaseForm, Form

from ui.views.form import FormPage


class ConfirmPost(FormPage):
    """A question on GET, one action on POST. With a `form_class` of its own it asks for reasons or dates too."""

    form_class: ClassVar[type[BaseForm]] = Form
    template_name = "ui/confirm.html"
    question: ClassVar[str] = ""
    is_destructive: ClassVar[bool] = False

    def get_question(self) -> str:
        return self.question

    def page_context(self, form: Any) -> dict[str, Any]:
        asked = {"question": self.get_question(), "is_destructive": self.is_destructive}
        return {**super().page_context(form), **asked}
