from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from people.rights_in_words import IN_WORDS
from tenancy.choices import OUTSIDERS, Role
from tenancy.rights import ALL_RIGHTS, RIGHTS, SEE_COST
from ui.views import PermittedView


class RoleRights(PermittedView):
    """What each role may do. A member's role and the right to see costs are given on the member's page."""

    permission = "people.manage"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        rights = sorted(ALL_RIGHTS - {SEE_COST}, key=lambda right: (is_outside(right), right))
        rows = [(IN_WORDS[right], right, [right in RIGHTS[role] for role in Role]) for right in rights]
        by_person = [role not in OUTSIDERS for role in Role]
        context = {
            "roles": [role.label for role in Role],
            "rows": rows,
            "cost": (IN_WORDS[SEE_COST], SEE_COST),
            "by_person": by_person,
        }
        return render(request, "people/roles.html", context)


def is_outside(right: str) -> bool:
    return all(right not in held for role, held in RIGHTS.items() if role not in OUTSIDERS)
