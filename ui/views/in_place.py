"""A form page shown inside another page: the same address, asked for with a header, answers with the form alone.

`static/js/in-place.js` asks. Without it every such link is an ordinary page.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

HEADER = "X-In-Place"
PAGE = "base.html"
FRAGMENT = "ui/in_place.html"
DONE = 204


def is_in_place(request: HttpRequest) -> bool:
    return HEADER in request.headers


def in_place_context(request: HttpRequest) -> dict[str, Any]:
    """What the templates of forms and conflicts extend."""
    asked = is_in_place(request)
    return {"layout": FRAGMENT if asked else PAGE, "is_in_place": asked}


def done(request: HttpRequest, target: str) -> HttpResponse:
    """A form has done its work: on to the next page, or nothing more to show where it stood in another one."""
    return HttpResponse(status=DONE) if is_in_place(request) else redirect(target)
