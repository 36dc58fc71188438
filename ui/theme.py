"""Light or dark: a cookie that the server reads, so that no page flashes and no script is needed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE = "theme"
THEMES = ("light", "dark")
YEAR_SECONDS = 365 * 24 * 3600


def theme_of(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in THEMES else THEMES[0]


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remember the theme and go back to the page it was chosen on."""
    response = redirect(came_from(request))
    remember(response, request, request.POST.get("theme", ""))
    return response


def remember(response: HttpResponse, request: HttpRequest, chosen: str) -> None:
    """Put the theme into the cookie; anything that is no theme is left alone."""
    if chosen in THEMES:
        response.set_cookie(
            COOKIE, chosen, max_age=YEAR_SECONDS, samesite="Lax", httponly=True, secure=request.is_secure()
        )


def came_from(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    known = {request.get_host()}
    return target if url_has_allowed_host_and_scheme(target, known, request.is_secure()) else "/"
