"""What the side navigation shows once its page is there: how much waits where, and one's other tenants.

It is asked for by itself, so that no page waits for it.
"""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse

from metrics.waiting import waiting
from people.memberships import memberships_of
from ui.views import PermittedView


class Waiting(PermittedView):
    permission = None

    def get(self, request: HttpRequest, **kwargs: Any) -> JsonResponse:
        own = self.member.tenant_id
        tenants = [
            {
                "name": member.tenant.name,
                "href": reverse("people:tenant_home", args=[member.tenant.slug]),
                "is_here": member.tenant_id == own,
            }
            for member in memberships_of(self.member.user_id)
        ]
        return JsonResponse({"counts": waiting(self.member), "tenants": tenants})
