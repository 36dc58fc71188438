from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from ui import navigation
from ui.theme import theme_of


@dataclass(frozen=True)
class Shell:
    """What stands around every page. Without a member (sign-in, strangers) there is no side and no find box."""

    theme: str
    tenant: Any = None
    member: Any = None
    areas: tuple[navigation.Area, ...] = ()
    # the entry of the navigation that the page belongs to
    here: navigation.Link | None = None
    find: navigation.Link | None = None
    new: navigation.Link | None = None
    finds_while_typing: bool = False
    waiting: navigation.Link | None = None


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"shell": SimpleLazyObject(lambda: build_shell(request))}


def build_shell(request: HttpRequest) -> Shell:
    theme = theme_of(request)
    tenant, member = getattr(request, "tenant", None), getattr(request, "member", None)
    if tenant is None or member is None:
        return Shell(theme)
    declared = navigation.declared()
    areas = navigation.areas_for(declared.entries, slug=tenant.slug, member=member, path=request.path)
    find = navigation.link_to(declared.find, slug=tenant.slug, member=member)
    new = navigation.link_to(declared.new, slug=tenant.slug, member=member)
    waiting = navigation.link_to(declared.waiting, slug=tenant.slug, member=member)
    here = next((link for area in areas for link in area.links if link.is_current), None)
    return Shell(theme, tenant, member, tuple(areas), here, find, new, declared.finds_while_typing, waiting)
