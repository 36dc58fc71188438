import datetime as dt

from channel_inventory.models import PartnerTerms
from parties.actions.give_role import give_role
from parties.choices import PartyRole
from tenancy.models import Member


class TermsTaken(ValueError):
    """The partner has terms already: those are the ones to change."""

    field = "partner"


def save_partner_terms(
    *,
    partner_id: int,
    is_new: bool,
    price_basis: str,
    window_days: int,
    claim_days: int,
    by: Member | None,
    at: dt.datetime,
) -> PartnerTerms:
    """Change how a partner reports and claims, or (`is_new`) say it for the first time.

    Whoever gets terms is a partner from then on. What was claimed stays; what waits goes by the new terms once it is
    valued again. Raises TermsTaken.
    """
    known = PartnerTerms.objects.select_for_update().filter(partner_id=partner_id).first()
    if known is not None and is_new:
        raise TermsTaken("This partner has terms already: change those.")
    terms = known or PartnerTerms(partner_id=partner_id)
    give_role(party_id=partner_id, role=PartyRole.PARTNER, by=by, at=at)
    terms.price_basis, terms.window_days, terms.claim_days = price_basis, window_days, claim_days
    terms.save()
    return terms
