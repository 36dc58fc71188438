"""What stands in the side navigation. The top floor lists the entries; this floor filters and links them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

from ui.addresses import address_of
from ui.icons import icon as draw_icon


class Member(Protocol):
    """The little that the shell asks of `tenancy.models.Member`."""

    def may(self, right: str) -> bool: ...


@dataclass(frozen=True)
class Entry:
    """One place to go: `url_name` takes the tenant's slug alone, `icon` is a heroicon of 16 px."""

    area: str
    label: str
    url_name: str
    icon: str
    permission: str | None = None
    # which of the counts of `Navigation.waiting` stands beside it
    count: str = ""

    def open_to(self, member: Member) -> bool:
        return self.permission is None or member.may(self.permission)


@dataclass(frozen=True)
class Navigation:
    """All entries in the order shown (areas together), and the two places that a key reaches from anywhere."""

    entries: tuple[Entry, ...] = ()
    find: Entry | None = None
    new: Entry | None = None
    # the find box shows what it finds while one types: the page answers htmx with hits alone
    finds_while_typing: bool = False
    # answers with how much waits where, after the page is there: see static/js/side.js
    waiting: Entry | None = None


@dataclass(frozen=True)
class Link:
    label: str
    href: str
    icon: str
    is_current: bool = False
    count: str = ""

    @property
    def drawn(self) -> SafeString:
        return draw_icon(self.icon)


@dataclass(frozen=True)
class Area:
    label: str
    links: list[Link] = field(default_factory=list)


@cache
def declared() -> Navigation:
    """The object named by `settings.NAVIGATION`; without the setting an empty navigation."""
    path = getattr(settings, "NAVIGATION", "")
    return import_string(path) if path else Navigation()


def link_to(entry: Entry | None, *, slug: str, member: Member) -> Link | None:
    if entry is None or not entry.open_to(member):
        return None
    return Link(entry.label, address_of(entry.url_name, slug), entry.icon)


def areas_for(entries: Iterable[Entry], *, slug: str, member: Member, path: str) -> list[Area]:
    """The entries open to the member, grouped by area; current is the entry whose address `path` goes on from."""
    linked = [(entry, address_of(entry.url_name, slug)) for entry in entries if entry.open_to(member)]
    current = max((href for _, href in linked if path.startswith(href)), key=len, default=None)
    return [
        Area(area, [Link(entry.label, href, entry.icon, href == current, entry.count) for entry, href in group])
        for area, group in groupby(linked, key=lambda pair: pair[0].area)
    ]
