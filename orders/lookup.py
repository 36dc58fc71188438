"""What people type for a party, a place or a part, found set-wise: one query per table, whatever the number of texts.

Exact only (code, alias, name, part number). What is not found comes back as `Unknown` with the nearest there are.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q
from rapidfuzz import fuzz, process

from catalog.models import PartNumber, Product
from parties.models import Location, Party, PartyAlias
from values.text import normalise_name

NEAREST = 3
NEAR_ENOUGH = 55
CANDIDATES = 1_000
LAST_CHARACTER = "\U0010ffff"
MERGES = 5

Row = TypeVar("Row")


@dataclass(frozen=True)
class Unknown:
    """A text that nothing is called, or that several are."""

    message: str


@dataclass(frozen=True)
class Part:
    """A product, and the customer's own number when it was found by that."""

    product: Product
    customer_part: str = ""


def find_parties(texts: Iterable[str], *, reported_by: int | None = None) -> dict[str, Party | Unknown]:
    """By code, alias (general ones and those of `reported_by`) or name; merged parties give their survivor."""
    wanted = {text: normalise_name(text) for text in distinct(texts)}
    if not wanted:
        return {}
    by_code, by_name = parties_called(wanted)
    by_alias = aliases_of(wanted.values(), reported_by)
    found: dict[str, Party | Unknown] = {}
    for text, name in wanted.items():
        party = by_code.get(text.upper()) or by_alias.get(name)
        called = by_name.get(name, [])
        if party is None and len(called) > 1:
            found[text] = Unknown(f"Several are called “{text}”: {codes_of(called)}.")
        elif party is None and not called:
            continue
        else:
            found[text] = survivor(party or called[0])
    missing = [text for text in wanted if text not in found]
    return {**found, **{text: Unknown(message) for text, message in near_parties(missing).items()}}


def parties_called(wanted: dict[str, str]) -> tuple[dict[str, Party], dict[str, list[Party]]]:
    names = [name for name in wanted.values() if name]
    rows = Party.objects.filter(Q(code__in=spellings(wanted)) | Q(normalised_name__in=names))
    by_code: dict[str, Party] = {}
    by_name: dict[str, list[Party]] = {}
    for row in rows.select_related("merged_into").order_by("pk"):
        by_code[row.code.upper()] = row
        by_name.setdefault(row.normalised_name, []).append(row)
    return by_code, by_name


def aliases_of(names: Iterable[str], reported_by: int | None) -> dict[str, Party]:
    """Aliases of the reporting party come before general ones."""
    rows = PartyAlias.objects.filter(normalised__in=[name for name in names if name])
    rows = rows.filter(Q(reported_by__isnull=True) | Q(reported_by_id=reported_by))
    found: dict[str, Party] = {}
    for row in rows.select_related("party__merged_into"):
        if row.normalised not in found or row.reported_by_id:
            found[row.normalised] = row.party
    return found


def survivor(party: Party) -> Party:
    for _ in range(MERGES):
        if party.merged_into is None:
            break
        party = party.merged_into
    return party


def near_parties(texts: Collection[str]) -> dict[str, str]:
    if not texts:
        return {}
    rows = Party.objects.filter(starting(texts, "normalised_name", "code"), merged_into__isnull=True)
    named = [(f"{code} ({name})", f"{code} {name}") for code, name in rows.values_list("code", "name")[:CANDIDATES]]
    return {text: not_known(text, named) for text in texts}


def find_parts(texts: Iterable[str], *, party_ids: Collection[int]) -> dict[str, Part | Unknown]:
    """By our number, or by the number that one of these parties (in their order) gives it."""
    wanted = distinct(texts)
    if not wanted:
        return {}
    ours = {row.sku.upper(): row for row in Product.objects.filter(sku__in=spellings(wanted))}
    theirs = parts_numbered(wanted, party_ids)
    found: dict[str, Part | Unknown] = {}
    for text in wanted:
        if text.upper() in ours:
            found[text] = Part(ours[text.upper()])
        elif text.upper() in theirs:
            found[text] = Part(theirs[text.upper()], text)
    missing = [text for text in wanted if text not in found]
    return {**found, **{text: Unknown(message) for text, message in near_parts(missing).items()}}


def near_parts(texts: Collection[str]) -> dict[str, str]:
    if not texts:
        return {}
    skus = Product.objects.filter(starting(texts, "sku")).values_list("sku", flat=True)[:CANDIDATES]
    named = [(sku, sku) for sku in skus]
    return {text: not_known(text, named) for text in texts}


def parts_numbered(texts: Collection[str], party_ids: Collection[int]) -> dict[str, Product]:
    order = {party_id: place for place, party_id in enumerate(party_ids)}
    rows = PartNumber.objects.filter(party_id__in=order, number__in=spellings(texts)).select_related("product")
    found: dict[str, Product] = {}
    for row in sorted(rows, key=lambda row: order[row.party_id]):
        found.setdefault(row.number.upper(), row.product)
    return found


def find_places(texts: Iterable[str], *, near: Collection[int]) -> dict[str, Location | Unknown]:
    """By name, by code at one of the parties in `near`, or anywhere as PARTY/PLACE."""
    wanted = distinct(texts)
    if not wanted:
        return {}
    rows = places_called(wanted, near)
    found: dict[str, Location | Unknown] = {}
    for text in wanted:
        key = text.upper()
        whole = [row for row in rows if key == f"{row.party.code}/{row.code}".upper()]
        called = [row for row in rows if key in (row.code.upper(), row.name.upper())]
        close = [row for row in called if row.party_id in near]
        matches = whole or close or called
        if len(matches) == 1:
            found[text] = matches[0]
        elif matches:
            found[text] = Unknown(f"Several places are called “{text}”: {' or '.join(map(place_code, matches[:4]))}.")
        else:
            named = [(f"{place_code(row)} ({row.name})", f"{place_code(row)} {row.name}") for row in rows]
            found[text] = Unknown(not_known(text, named))
    return found


def places_called(texts: Collection[str], near: Collection[int]) -> list[Location]:
    parties = [text.rpartition("/")[0] for text in texts if "/" in text]
    any_of = Q(party_id__in=near) | Q(name__in=texts) | Q(code__in=spellings(texts))
    if parties:
        any_of |= Q(party__code__in=spellings(parties))
    rows = Location.objects.filter(any_of, is_active=True)
    return list(rows.select_related("party").order_by("party__code", "code")[:CANDIDATES])


def place_code(place: Location) -> str:
    return f"{place.party.code}/{place.code}"


def distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))


def spellings(texts: Iterable[str]) -> list[str]:
    """As typed and in capitals: codes are told apart without case, through an index that knows it."""
    return [*texts, *(text.upper() for text in texts)]


def starting(texts: Collection[str], *fields: str) -> Q:
    """Rows of which one field starts with the first letter of a text, as a range that the index answers."""
    any_of = Q(pk__in=())
    for text in texts:
        for field in fields:
            start = (normalise_name(text) if field == "normalised_name" else text.upper())[:1]
            if start:
                any_of |= Q(**{f"{field}__gte": start, f"{field}__lt": start + LAST_CHARACTER})
    return any_of


def not_known(text: str, named: list[tuple[str, str]]) -> str:
    """`named` are (how a candidate is shown, what the text is compared with)."""
    choices = {index: compared.casefold() for index, (_, compared) in enumerate(named)}
    scorer: Callable[..., float] = fuzz.WRatio
    near = process.extract(text.casefold(), choices, scorer=scorer, limit=NEAREST, score_cutoff=NEAR_ENOUGH)
    shown = ", ".join(named[index][0] for _, _, index in near)
    return f"“{text}” is not known. Nearest: {shown}." if shown else f"“{text}” is not known."


def codes_of(parties: Collection[Party]) -> str:
    return ", ".join(party.code for party in list(parties)[:5])
