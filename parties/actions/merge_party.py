import datetime as dt

from django.db import transaction

from exchange.models import TradingPartner
from parties.actions.add_alias import add_alias
from parties.errors import PartyMerged, PartyRefusal
from parties.followers import followers
from parties.models import Contact, Party, PartyAlias, PartyRoleFact
from parties.tree import ancestors
from tenancy.models import Member
from values.text import normalise_name


class MergeWithItself(PartyRefusal):
    field = "survivor"


@transaction.atomic
def merge_party(*, loser_id: int, survivor_id: int, by: Member | None, at: dt.datetime) -> Party:
    """Let one party go on as another. Ledgers keep the loser's id, reports show the survivor.

    The loser's code and its aliases lead to the survivor from now on, and so does what it called others. Its branches
    become the survivor's, which takes over its roles, its people and its EDI identities. What the floors above keep
    about it (prices, part numbers, freight accounts, shipping rules, texts of reports, channel stock) follows.
    Raises MergeWithItself, PartyMerged, MergeRefused.
    """
    if loser_id == survivor_id:
        raise MergeWithItself("A party cannot be merged with itself.")
    locked = Party.objects.select_for_update().filter(pk__in=(loser_id, survivor_id)).order_by("pk")
    parties = {party.pk: party for party in locked}
    loser, survivor = parties[loser_id], parties[survivor_id]
    for party in (loser, survivor):
        if party.merged_into_id:
            raise PartyMerged(f"{party.code} was merged before.")
    move_family(loser, survivor)
    move_names(loser, survivor, by=by, at=at)
    Contact.objects.filter(party=loser).update(party=survivor)
    TradingPartner.objects.filter(party_id=loser.pk).update(party_id=survivor.pk)
    loser.merged_into = survivor
    loser.save(update_fields=["merged_into"])
    # one step leads from any loser to its survivor, so that no query has to climb
    Party.objects.filter(merged_into=loser).update(merged_into=survivor)
    for follow in followers():
        follow(loser_id=loser.pk, survivor_id=survivor.pk, by=by, at=at)
    return survivor


def move_family(loser: Party, survivor: Party) -> None:
    parent_of = dict(Party.objects.filter(parent__isnull=False).values_list("pk", "parent_id"))
    if loser.pk in ancestors(survivor.pk, parent_of):
        # the survivor stood below the loser: what is between them keeps its place, under the loser's own parent
        Party.objects.filter(pk=survivor.pk).update(parent_id=loser.parent_id)
    Party.objects.filter(parent=loser).exclude(pk=survivor.pk).update(parent=survivor)
    held = set(PartyRoleFact.objects.filter(party=survivor).values_list("role", flat=True))
    missing = PartyRoleFact.objects.filter(party=loser).exclude(role__in=held).values_list("role", flat=True)
    PartyRoleFact.objects.bulk_create([PartyRoleFact(party=survivor, role=role) for role in missing])


def move_names(loser: Party, survivor: Party, *, by: Member | None, at: dt.datetime) -> None:
    PartyAlias.objects.filter(party=loser).update(party=survivor)
    # where both call somebody the same, the survivor means what it said itself
    own = PartyAlias.objects.filter(reported_by=survivor).values("normalised")
    PartyAlias.objects.filter(reported_by=loser).exclude(normalised__in=own).update(reported_by=survivor)
    taken = PartyAlias.objects.filter(normalised=normalise_name(loser.code), reported_by__isnull=True).exists()
    if not taken and normalise_name(loser.code):
        add_alias(party_id=survivor.pk, alias=loser.code, reported_by_id=None, by=by, at=at)
