import datetime as dt
from collections.abc import Collection
from typing import Any

from parties.actions.save_parties import PartyDraft, save_parties
from parties.errors import CodeTaken
from parties.models import Party
from tenancy.models import Member
from values.text import normalise_name, short_name


def create_party(
    *, code: str, name: str, roles: Collection[str], by: Member | None, at: dt.datetime, **values: Any
) -> Party:
    """A new party. `values` are further fields of Party; a missing short name is derived. Raises CodeTaken."""
    if Party.objects.filter(code=code).exists():
        raise CodeTaken(f"There is a party “{code}” already.")
    party = Party(code=code, name=name, **values)
    dress(party)
    save_parties(drafts=[PartyDraft(party, frozenset(roles))], by=by, at=at)
    return party


def dress(party: Party) -> None:
    """Keep what is derived from the name in step with it."""
    party.normalised_name = normalise_name(party.name)
    party.short_name = party.short_name or short_name(party.name)
