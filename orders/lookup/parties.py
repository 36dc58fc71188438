from collections.abc import Collection, Iterable

from django.db.models import Q

from orders.lookup.nearest import CANDIDATES, Unknown, distinct, not_known, spellings, starting
from parties.models import Party, PartyAlias
from values.text import normalise_name

MERGES = 5


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


def codes_of(parties: Collection[Party]) -> str:
    return ", ".join(party.code for party in list(parties)[:5])
