import datetime as dt

from channel_inventory.actions.catch_up_sell_in import catch_up_sell_in
from channel_inventory.models import PartnerTerms, ReportedEndBuyer, TextForecast
from tenancy.models import Member

TERMS = ("price_basis", "window_days", "claim_days")


def follow_merge(*, loser_id: int, survivor_id: int, by: Member | None, at: dt.datetime) -> None:
    """Texts that meant the loser mean the survivor, so that the next line of each gets it.

    Lines, claims and ledgers keep the party that they were written with, and so do the texts that the loser itself has
    reported. Its terms go on counting for them; a survivor without terms gets the same. What the loser holds becomes
    the survivor's by rows of its own.
    """
    ReportedEndBuyer.objects.filter(party_id=loser_id).update(party_id=survivor_id)
    TextForecast.objects.filter(party_id=loser_id).update(party_id=survivor_id)
    terms = PartnerTerms.objects.filter(partner_id=loser_id).first()
    if terms is not None:
        values = {name: getattr(terms, name) for name in TERMS}
        PartnerTerms.objects.get_or_create(partner_id=survivor_id, defaults=values)
    catch_up_sell_in(at=at, by=by, partner_ids=[survivor_id])
