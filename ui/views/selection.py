"""The list that a selection was made on, found again by its address."""

from copy import copy
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from ui.views.list import ListPage


def list_behind(request: Any) -> ListPage | None:
    """The list page named by the field `at`, with its filters, as the same member sees it; None if it is none."""
    parts = urlsplit(request.POST.get("at", ""))
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    view_class = getattr(match.func, "view_class", None)
    if view_class is None or not issubclass(view_class, ListPage):
        return None
    if parts.netloc or match.kwargs.get("tenant") != request.tenant.slug:
        return None
    view = view_class()
    view.setup(as_if_at(request, parts.path, parts.query, match), *match.args, **match.kwargs)
    return view if request.member.may(view.required_right()) else None


def as_if_at(request: HttpRequest, path: str, query: str, match: Any) -> Any:
    """The same request, had it asked for the list."""
    there: Any = copy(request)
    there.path = there.path_info = path
    there.META = {**request.META, "QUERY_STRING": query}
    there.GET = QueryDict(query)
    there.resolver_match = match
    return there
