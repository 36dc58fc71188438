from typing import Any

from django.http import HttpRequest, HttpResponse

from people.actions.keep_preferences import keep_preferences
from people.forms import PreferencesForm
from ui.theme import remember, theme_of
from ui.views import FormPage


class Preferences(FormPage):
    """One's own: name, display, shortcuts."""

    permission = None
    heading = "Preferences"
    form_class = PreferencesForm
    success_message = "Saved."

    def get_initial(self) -> dict[str, Any]:
        return {
            "name": self.member.user.name,
            "theme": theme_of(self.request),
            "single_key_shortcuts": self.member.single_key_shortcuts,
        }

    def execute(self, form: Any) -> str:
        given = form.cleaned_data
        keep_preferences(member=self.member, name=given["name"], single_key_shortcuts=given["single_key_shortcuts"])
        return self.url("people:preferences")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        response = super().post(request, **kwargs)
        if response.status_code < 400:
            remember(response, request, request.POST.get("theme", ""))
        return response
