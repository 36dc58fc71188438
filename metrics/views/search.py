from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from metrics.search import search
from ui.views import PermittedView

IN_THE_BOX, ON_THE_PAGE = 5, 25


class Search(PermittedView):
    """Everybody may search, and finds what they may open. The only hit of a typed text is opened at once."""

    permission = None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        wanted = request.GET.get("q", "").strip()
        is_typing = bool(getattr(request, "htmx", False))
        most = IN_THE_BOX if is_typing else ON_THE_PAGE
        groups = search(wanted, member=self.member, slug=self.tenant.slug, most=most)
        hits = [hit for group in groups for hit in group.hits]
        if len(hits) == 1 and not is_typing:
            return redirect(hits[0].href)
        context = {"wanted": wanted, "groups": groups, "count": len(hits)}
        return render(request, "metrics/_found.html" if is_typing else "metrics/search.html", context)
