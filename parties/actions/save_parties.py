import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from exchange.upsert import upsert
from parties.models import Party, PartyRoleFact
from tenancy.models import Member

FIELDS = (
    "name", "short_name", "normalised_name", "parent", "country", "currency", "payment_terms_days", "credit_limit",
    "early_days", "late_days", "status", "is_end_buyer_required",
)  # fmt: skip


@dataclass(slots=True)
class PartyDraft:
    """A party as it shall be. `roles` None leaves them; `new_parent` is a party that is saved in the same call."""

    party: Party
    roles: frozenset[str] | None = None
    new_parent: Party | None = None


def save_parties(*, drafts: Sequence[PartyDraft], by: Member | None, at: dt.datetime) -> list[Party]:
    """Write many parties with their roles, new ones and known ones, in a fixed number of statements.

    Codes tell which are known. The caller has refused cycles and merged parties.
    """
    ordered = sorted(drafts, key=lambda draft: draft.party.code)
    upsert(Party, [draft.party for draft in ordered], unique=("code",), fields=FIELDS)
    children = [draft for draft in ordered if draft.new_parent is not None]
    for draft in children:
        draft.party.parent = draft.new_parent
    Party.objects.bulk_update([draft.party for draft in children], ["parent"], batch_size=1_000)
    save_roles({draft.party.pk: draft.roles for draft in ordered if draft.roles is not None})
    return [draft.party for draft in ordered]


def save_roles(wanted: Mapping[int, frozenset[str]]) -> None:
    """Make these the roles of the parties: no more, no fewer."""
    held = PartyRoleFact.objects.filter(party_id__in=wanted)
    found = {(fact.party_id, fact.role): fact.pk for fact in held}
    asked = {(party_id, role) for party_id, roles in wanted.items() for role in roles}
    PartyRoleFact.objects.filter(pk__in=[pk for key, pk in found.items() if key not in asked]).delete()
    missing = sorted(asked - set(found))
    PartyRoleFact.objects.bulk_create(PartyRoleFact(party_id=party_id, role=role) for party_id, role in missing)
