from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from metrics.search.kinds import KINDS, SearchKind
from tenancy.prepared import fetch_prepared
from values.sql import load
from values.text import normalise_name

LEAST_LETTERS = 2
MOST_LETTERS = 60


@dataclass(frozen=True)
class Hit:
    title: str
    about: str
    href: str


@dataclass(frozen=True)
class Group:
    """Hits of one kind, the best first. `is_cut`: there are more than were asked for."""

    label: str
    icon: str
    hits: list[Hit]
    is_cut: bool


def search(text: str, *, member: Any, slug: str, most: int) -> list[Group]:
    """What the member may see that the text is the number or the name of, or a part of one; `most` of each kind.

    One statement for all ids, then one a kind that was found, under the policies of whoever asks.
    """
    wanted = text.replace("\x00", "").strip()[:MOST_LETTERS]
    kinds = [kind for kind in KINDS if member.may(kind.right)]
    if len(wanted) < LEAST_LETTERS or not kinds:
        return []
    ids = ids_of(wanted, kinds, most + 1)
    return [group_of(kind, ids[kind.name], slug, most) for kind in kinds if ids[kind.name]]


def ids_of(wanted: str, kinds: list[SearchKind], most: int) -> dict[str, list[int]]:
    names = [kind.name for kind in kinds]
    found: dict[str, list[int]] = {name: [] for name in names}
    plain = normalise_name(wanted)
    asked = {"wanted": wanted, "plain": plain, "most": most, "kinds": names}
    for name, _place, pk in fetch_prepared(load("metrics", "search"), asked):
        found[name].append(pk)
    return found


def group_of(kind: SearchKind, ids: list[int], slug: str, most: int) -> Group:
    rows = {row.pk: row for row in kind.rows().filter(pk__in=ids)}
    hits = [hit_of(kind, rows[pk], slug) for pk in ids if pk in rows]
    return Group(kind.label, kind.icon, hits[:most], is_cut=len(hits) > most)


def hit_of(kind: SearchKind, row: Any, slug: str) -> Hit:
    shown = kind.shown(row)
    return Hit(shown.title, shown.about, reverse(kind.url_name, args=[slug, kind.target(row)]))
