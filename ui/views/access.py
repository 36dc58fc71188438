from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.generic import View

from ui.addresses import address_of
from ui.columns import Place


class PermittedView(View):
    """Asks for the declared right before anything else: strangers get 404, members without the right 403.

    `permission` is a right such as `orders.enter`; `None` has to be written to open a page to every member.
    """

    permission: ClassVar[str | None]
    request: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        member = getattr(request, "member", None)
        if member is None:
            raise Http404
        right = self.required_right()
        if right is not None and not member.may(right):
            raise PermissionDenied(f"It is called “{right}”.")
        return super().dispatch(request, *args, **kwargs)

    def required_right(self) -> str | None:
        """The right this request needs; override where reading and writing differ."""
        try:
            return self.permission
        except AttributeError:
            raise ImproperlyConfigured(f"{type(self).__name__} declares no permission") from None

    @property
    def member(self) -> Any:
        return self.request.member

    @property
    def tenant(self) -> Any:
        return self.request.tenant

    def url(self, url_name: str, *args: Any) -> str:
        """Address of a page of this tenant."""
        return address_of(url_name, self.tenant.slug, *args)

    def place(self) -> Place:
        return Place(self.tenant.slug, self.tenant.zone, self.tenant.today(self.now()), self.member.may)

    def now(self) -> Any:
        """The instant of this request: handed to actions, which never look at a clock."""
        return timezone.now()
