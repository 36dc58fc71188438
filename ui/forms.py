from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import Resolver404, resolve

from ui.saved_views import canonical

DAMAGED = "This page is incomplete: open the list anew."


class ViewForm(forms.Form):
    """What a view is called and for whom it is. Sharing is offered to those who may."""

    name = forms.CharField(max_length=40)
    is_default = forms.BooleanField(required=False, label="Open the list with it")
    is_shared = forms.BooleanField(required=False, label="Share it with everybody here")

    def __init__(self, *args: Any, may_share: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["is_shared"]

    @property
    def is_share_asked(self) -> bool:
        return bool(self.cleaned_data.get("is_shared"))


class SaveViewForm(ViewForm):
    """`at` is the address of the list as it is shown; it cleans to (name of the page, path, query)."""

    at = forms.CharField(max_length=4_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, slug: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.slug = slug

    def clean_at(self) -> tuple[str, str, str]:
        try:
            parts = urlsplit(self.cleaned_data["at"])
            match = resolve(parts.path)
        except (ValueError, Resolver404):
            raise ValidationError(DAMAGED) from None
        if parts.netloc or match.kwargs.get("tenant") != self.slug:
            raise ValidationError(DAMAGED)
        return match.view_name, parts.path, canonical(QueryDict(parts.query))
