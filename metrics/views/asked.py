import datetime as dt
from functools import cached_property
from typing import Any, ClassVar

from django.forms import Form
from django.http import QueryDict

from ui.filters import ActiveFilter, address
from ui.views.access import PermittedView
from ui.views.viewed import ViewedPage


def days(first: dt.date, last: dt.date) -> str:
    return f"{first:%d %b %Y} – {last:%d %b %Y}"


class AskedPage(PermittedView):
    """A page of figures that says what was asked for; `filters` are the fields that narrow it."""

    filters: ClassVar[tuple[str, ...]]

    @property
    def params(self) -> QueryDict:
        """What was asked for, as links carry it on."""
        return self.request.GET

    def given(self, form: Form) -> list[tuple[str, str]]:
        """What was asked for, as it came, for links and for the report's form."""
        found = ((name, self.request.GET.get(name, "").strip()) for name in form.fields)
        return [(name, value) for name, value in found if value]

    def narrowed(self, form: Form) -> list[tuple[str, str]]:
        """The filters among what was given: those that rows behind the figures have, too."""
        return [(name, value) for name, value in self.given(form) if name in self.filters]

    def active(self, form: Form) -> list[ActiveFilter]:
        typed = form.cleaned_data
        return [
            ActiveFilter(str(form.fields[name].label), str(typed[name]), address(self.params, **{name: None}))
            for name in self.filters
            if typed[name]
        ]


class AskedView(ViewedPage, AskedPage):
    """One that opens as its member has saved it."""

    @cached_property
    def params(self) -> Any:
        """With a word that keeps the member's default view away when all of it is taken out."""
        found = self.request.GET.copy()
        if self.default_view:
            found["view"] = "all"
        return found
