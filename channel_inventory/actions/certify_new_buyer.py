import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from channel_inventory.actions.decide_text import certify_text, locked, refuse_decided
from channel_inventory.choices import CertificationMethod
from channel_inventory.models import ReportedEndBuyer
from parties.actions.create_party import create_party
from parties.actions.save_location import save_location
from parties.choices import LocationPurpose, PartyRole
from tenancy.models import Member

PLACE_CODE = "MAIN"


@dataclass(frozen=True, slots=True)
class NewBuyer:
    """An end buyer that we do not know yet. Without `address` and `city` it has no place."""

    code: str
    name: str
    country: str
    address: str = ""
    city: str = ""
    postcode: str = ""


@transaction.atomic
def certify_new_buyer(*, text_id: int, buyer: NewBuyer, by: Member, at: dt.datetime) -> ReportedEndBuyer:
    """Create the party that the text means, with its place, and certify the text to it.

    Taking the decision back leaves the party. Raises CodeTaken, TextDecided, AliasElsewhere.
    """
    refuse_decided(locked(text_id))
    party = create_party(
        code=buyer.code, name=buyer.name, country=buyer.country, roles=[PartyRole.END_BUYER], by=by, at=at
    )
    if buyer.address and buyer.city:
        save_location(
            party_id=party.pk,
            code=PLACE_CODE,
            name=buyer.name,
            purpose=LocationPurpose.OFFICE,
            address1=buyer.address,
            city=buyer.city,
            postcode=buyer.postcode,
            country=buyer.country,
            by=by,
            at=at,
        )
    return certify_text(text_id=text_id, party_id=party.pk, method=CertificationMethod.CREATED, by=by, at=at)
