"""Parties and places that a file names and nobody knows."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms

from exchange.batches.missing import Creator, MissingThing, UnknownTarget
from parties.actions.add_alias import add_alias
from parties.actions.create_party import create_party
from parties.actions.save_location import save_location
from parties.choices import LocationPurpose, PartyRole
from parties.matching import match_parties
from parties.models import Party
from tenancy.models import Member, Tenant
from tenancy.scope import current_tenant_id
from ui.fields import CountryField
from values.text import normalise_name

ROLE_OF_COLUMN = {
    "sell_to": PartyRole.SELL_TO,
    "bill_to": PartyRole.SELL_TO,
    "end_buyer": PartyRole.END_BUYER,
    "ship_to": PartyRole.SHIP_TO,
}


class NewParty(forms.Form):
    code = forms.CharField(max_length=40)
    name = forms.CharField(max_length=200)
    country = CountryField()


class NewPlace(forms.Form):
    party = forms.CharField(
        max_length=40, required=False, label="Party", help_text="Code of whose place it is; empty: a party of its own"
    )
    code = forms.CharField(max_length=40)
    name = forms.CharField(max_length=200)
    address1 = forms.CharField(max_length=200, label="Address")
    city = forms.CharField(max_length=100)
    region = forms.CharField(max_length=60, required=False)
    postcode = forms.CharField(max_length=20, required=False)
    country = CountryField()


def told(thing: MissingThing, name: str) -> str:
    """What the file says beside the text: `end_buyer_country` in a column of its own."""
    return thing.source.get(f"{thing.column}_{name}", "")


def propose_party(thing: MissingThing) -> dict[str, Any]:
    code = "-".join(normalise_name(thing.text).upper().split())[:40]
    country = told(thing, "country") or Tenant.objects.get(pk=current_tenant_id()).country
    return {"code": code, "name": told(thing, "name") or thing.text, "country": country}


def make_party(thing: MissingThing, given: Mapping[str, Any], by: Member | None, at: dt.datetime) -> None:
    role = ROLE_OF_COLUMN.get(thing.column)
    party = create_party(
        code=given["code"], name=given["name"], country=given["country"], roles=[role] if role else [], by=by, at=at
    )
    teach(thing, party.pk, by, at)


def same_party(thing: MissingThing, code: str, by: Member | None, at: dt.datetime) -> None:
    match = match_parties([code]).get(code)
    if match is None or match.party_id is None:
        raise UnknownTarget(f"There is no party “{code}”.")
    teach(thing, match.party_id, by, at)


def teach(thing: MissingThing, party_id: int, by: Member | None, at: dt.datetime) -> None:
    """The text means the party from now on, for whoever reported it; unless it does so already."""
    found = match_parties([thing.text], reported_by=thing.reporter_id, by_name=thing.reporter_id is not None)
    if thing.text not in found:
        add_alias(party_id=party_id, alias=thing.text, reported_by_id=thing.reporter_id, by=by, at=at)


def propose_place(thing: MissingThing) -> dict[str, Any]:
    owner = Party.objects.filter(pk=thing.reporter_id).first() if thing.reporter_id else None
    facts = {name: told(thing, name) for name in ("address1", "city", "region", "postcode", "country")}
    # a place that comes with a name is somebody's own, one that is only a code is the sender's
    name = told(thing, "name")
    return {
        **facts,
        "party": owner.code if owner and not name else "",
        "code": thing.text[:40],
        "name": name or thing.text,
    }


def make_place(thing: MissingThing, given: Mapping[str, Any], by: Member | None, at: dt.datetime) -> None:
    values = dict(given)
    owner_id = owner_of(values, by, at)
    save_location(party_id=owner_id, purpose=LocationPurpose.SHIP_TO, by=by, at=at, **values)


def owner_of(values: dict[str, Any], by: Member | None, at: dt.datetime) -> int:
    """The party named, or a new ship-to made of the place's own code, name and country."""
    code = values.pop("party")
    if not code:
        facts = {name: values[name] for name in ("code", "name", "country")}
        return create_party(roles=[PartyRole.SHIP_TO], by=by, at=at, **facts).pk
    match = match_parties([code]).get(code)
    if match is None or match.party_id is None:
        raise UnknownOwner(f"There is no party “{code}”.")
    return match.party_id


class UnknownOwner(ValueError):
    field = "party"


PARTY_CREATOR = Creator("party", "party", "master.edit", NewParty, propose_party, make_party, same_party)
LOCATION_CREATOR = Creator("location", "location", "master.edit", NewPlace, propose_place, make_place)
