"""What somebody sent after the session had ended, or from a page older than the session: kept, and shown to be sent
after all. Nothing of it is ever done unasked.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware

KEY = "unsent"
MOST_CHARACTERS = 200_000
TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of a field
# what a form carries for itself, and nobody has typed
OWN_FIELDS = frozenset({"click", "do", "at", "draft", "version"})


@dataclass(frozen=True)
class Unsent:
    """`fields` is the whole form but its token, `typed` what a person has put into it."""

    path: str
    fields: list[tuple[str, str]]
    has_files: bool
    is_stale: bool

    @property
    def typed(self) -> list[tuple[str, str]]:
        shown = [(name, text) for name, text in self.fields if text.strip() and name not in OWN_FIELDS]
        return [(name.replace("_", " "), text) for name, text in shown if not name.endswith("_FORMS")]


def keep_unsent(request: Any) -> bool:
    """Keep the form of a POST; False where there is none, where it is too long, or where it is not ours."""
    return request.method == "POST" and not comes_from_elsewhere(request) and keep(request, is_stale=False)


def keep_stale(request: Any) -> bool:
    """The same of a page that was open when somebody signed in elsewhere, so that its token is of no use.

    Without the token only the browser can tell that one of our own pages sent it: where it does not, nothing is kept.
    """
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}" and keep(request, is_stale=True)


def keep(request: Any, *, is_stale: bool) -> bool:
    fields = [(name, text) for name, texts in request.POST.lists() if name != TOKEN for text in texts]
    if not fields or sum(len(name) + len(text) for name, text in fields) > MOST_CHARACTERS:
        return False
    request.session[KEY] = {
        "path": request.get_full_path(),
        "fields": fields,
        "has_files": bool(request.FILES),
        "is_stale": is_stale,
    }
    return True


def unsent_of(request: HttpRequest) -> Unsent | None:
    kept = request.session.get(KEY)
    if kept is None:
        return None
    fields = [(name, text) for name, text in kept["fields"]]
    return Unsent(kept["path"], fields, kept["has_files"], kept.get("is_stale", False))


def forget_unsent(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def comes_from_elsewhere(request: HttpRequest) -> bool:
    """Django would ask for the token when it calls the view, which is later than here."""
    return CsrfViewMiddleware(lambda _: None).process_view(request, None, (), {}) is not None  # type: ignore[arg-type]  # no view is called
