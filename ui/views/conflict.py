"""Two people, one record: what the second one sees."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ui.views.in_place import in_place_context

CONFLICT = 409
HEADING = "Changed meanwhile"


@dataclass(frozen=True)
class Compared:
    """One field in both versions, already spelled for reading."""

    label: str
    yours: str
    theirs: str

    @property
    def differs(self) -> bool:
        return self.yours != self.theirs


def conflict_response(
    request: HttpRequest,
    *,
    what: str,
    rows: Sequence[Compared],
    theirs_label: str,
    back_url: str,
    retry: dict[str, str] | None = None,
) -> HttpResponse:
    """409 with both values side by side. `retry` is the form that saves mine over theirs, row version included."""
    context = {
        **in_place_context(request),
        "heading": HEADING,
        "what": what,
        "rows": rows,
        "theirs_label": theirs_label,
        "back_url": back_url,
        "retry_url": request.path,
        "retry_fields": list((retry or {}).items()),
    }
    return render(request, "409.html", context, status=CONFLICT)
