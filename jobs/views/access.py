from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.generic import View


class JobsView(View):
    """For members with the right, and for outsiders: row-level security leaves them their own party's rows alone."""

    permission: ClassVar[str] = "jobs.view"
    request: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        member = getattr(request, "member", None)
        if member is None:
            raise Http404
        if not member.is_outsider and not member.may(self.permission):
            raise PermissionDenied(f"It is called “{self.permission}”.")
        return super().dispatch(request, *args, **kwargs)
