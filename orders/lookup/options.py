"""What may be meant by the start of a text: a few parts, parties or places to choose from while somebody types.

Starts of numbers, codes and names are ranges on an index. Only where they give too few, the words in between are
looked through.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from catalog.choices import ORDERABLE
from catalog.models import PartNumber, Product
from orders.lookup.nearest import LAST_CHARACTER
from orders.lookup.places import place_code
from parties.choices import LocationPurpose, PartyRole, PartyStatus
from parties.models import Location, Party, PartyRoleFact
from values.text import normalise_name

MOST = 8
WORDS_FROM = 3
"""Characters typed before words in the middle of a name are looked for."""


@dataclass(frozen=True)
class Option:
    """`value` goes into the field; `label` and `note` are read beside it."""

    value: str
    label: str
    note: str = ""


def part_options(text: str, *, party_ids: Collection[int]) -> list[Option]:
    """By the numbers of these parties, by ours, then by words of the description."""
    start = text.strip().upper()
    theirs = PartNumber.objects.filter(party_id__in=party_ids, **span("number", start)).select_related("product")
    found = [Option(row.number, row.product.sku, row.product.description) for row in theirs.order_by("number")[:MOST]]
    products = Product.objects.filter(lifecycle__in=ORDERABLE)
    ours = list(products.filter(**span("sku", start)).order_by("sku")[:MOST]) if start or not found else []
    if len(found) + len(ours) < MOST and len(start) >= WORDS_FROM:
        ours += products.filter(description__icontains=text.strip()).order_by("pk")[:MOST]
    return distinct([*found, *(Option(row.sku, row.description) for row in ours)])


def party_options(text: str, *, role: PartyRole) -> list[Option]:
    """Active parties of this role, by code or name."""
    start = text.strip()
    held = PartyRoleFact.objects.filter(party=OuterRef("pk"), role=role)
    rows = Party.objects.filter(Exists(held), status=PartyStatus.ACTIVE, merged_into__isnull=True)
    name = normalise_name(start)
    starts = Q(**span("code", start.upper())) | (Q(**span("normalised_name", name)) if name else Q(pk__in=()))
    found = named(rows.filter(starts))
    if len(found) < MOST and len(name) >= WORDS_FROM:
        found += named(rows.filter(normalised_name__contains=name))
    return distinct(Option(row.code, row.name, row.country) for row in found)


def named(rows: QuerySet[Party]) -> list[Party]:
    return list(rows.order_by("code")[:MOST])


def site_options(text: str) -> list[Option]:
    """Places that goods leave from, by party or place."""
    start = text.strip().upper().partition("/")[0]
    places = Location.objects.filter(purpose=LocationPurpose.SHIP_FROM, is_active=True).select_related("party")
    called = Q(**span("party__code", start)) | Q(code__istartswith=start) | Q(name__istartswith=start)
    return listed(places.filter(called).order_by("party__code", "code")[:MOST])


def place_options(text: str, *, near: Collection[int]) -> list[Option]:
    """Ship-to places of these parties whose name, code or town starts so; then places of any party by its code."""
    start = text.strip()
    places = Location.objects.filter(purpose=LocationPurpose.SHIP_TO, is_active=True).select_related("party")
    called = Q(code__istartswith=start) | Q(name__istartswith=start) | Q(city__istartswith=start)
    found = list(places.filter(called, party_id__in=near).order_by("party__code", "code")[:MOST])
    if start and len(found) < MOST:
        party, _, code = start.upper().partition("/")
        others = places.filter(code__istartswith=code, **span("party__code", party))
        found += others.order_by("party__code", "code")[:MOST]
    return listed(found)


def listed(places: Iterable[Location]) -> list[Option]:
    return distinct(Option(place_code(row), row.name, f"{row.city} {row.country}".strip()) for row in places)


def span(field: str, start: str) -> dict[str, Any]:
    return {f"{field}__gte": start, f"{field}__lt": start + LAST_CHARACTER}


def distinct(options: Iterable[Option]) -> list[Option]:
    by_value: dict[str, Option] = {}
    for option in options:
        by_value.setdefault(option.value, option)
    return list(by_value.values())[:MOST]
