import datetime as dt
from collections.abc import Collection
from typing import Any

from parties.actions.create_party import dress
from parties.actions.save_parties import PartyDraft, save_parties
from parties.errors import ParentCycle, PartyMerged
from parties.models import Party
from parties.tree import ancestors
from tenancy.models import Member


def save_party(
    *, party_id: int, by: Member | None, at: dt.datetime, roles: Collection[str] | None = None, **values: Any
) -> Party:
    """Change fields and roles of a party; its code stays. Raises PartyMerged, ParentCycle."""
    party = Party.objects.select_for_update().get(pk=party_id)
    if party.merged_into_id:
        raise PartyMerged(f"{party.code} was merged into another party: change that one.")
    for name, value in values.items():
        setattr(party, name, value)
    refuse_cycle(party)
    dress(party)
    save_parties(drafts=[PartyDraft(party, None if roles is None else frozenset(roles))], by=by, at=at)
    return party


def refuse_cycle(party: Party) -> None:
    if party.parent_id is None:
        return
    branches = Party.objects.filter(parent__isnull=False).exclude(pk=party.pk)
    parent_of = dict(branches.values_list("pk", "parent_id"))
    parent_of[party.pk] = party.parent_id
    if party.pk in ancestors(party.pk, parent_of):
        raise ParentCycle("A party cannot stand above itself: this parent is one of its own branches.")
