"""Terms frozen into full text: what a dock needs to read, and what no later edit may change."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from parties.models import Location, Party
from shipping import engine
from shipping.choices import Payer
from shipping.engine import Account, Wanted
from shipping.models import Carrier, FreightAccount, ShippingTerms
from tenancy.models import Tenant
from tenancy.scope import current_tenant_id

AS_THEY_ARE = (
    "incoterm", "named_place", "freight_payer", "service", "duty_payer", "duty_account", "partials_allowed",
    "ship_complete", "labels", "packing", "instructions",
)  # fmt: skip


@dataclass(frozen=True)
class FrozenTerms:
    """The three payers, the way, and both addresses, each as text. Empty text: nothing was said or needed."""

    terms_code: str
    terms_version: int
    incoterm: str
    named_place: str
    freight_payer: str
    freight_payer_name: str
    payer_country: str
    payer_postcode: str
    carrier_code: str
    carrier_name: str
    service: str
    account_number: str
    account_owner: str
    duty_payer: str
    duty_payer_name: str
    duty_account: str
    re_shipper_name: str
    re_shipper_address: list[str]
    re_shipper_street: list[str]
    re_shipper_city: str
    re_shipper_postcode: str
    re_shipper_country: str
    receiver_name: str
    receiver_address: list[str]
    receiver_street: list[str]
    receiver_city: str
    receiver_postcode: str
    receiver_country: str
    partials_allowed: bool
    ship_complete: bool
    early_days: int
    late_days: int
    labels: str
    documents: list[str]
    packing: str
    instructions: str
    missing: list[str]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Sides:
    """The parties of one delivery, by what they may pay for."""

    sell_to: Party
    ship_to: Location
    end_buyer: Party | None
    re_shipper: Location | None


def freeze(
    terms: ShippingTerms, *, sell_to: Party, ship_to: Location, end_buyer: Party | None, on: date
) -> FrozenTerms:
    """Terms for one delivery on one day, with the account that pays chosen and every name spelled out."""
    re_shipper = Location.objects.filter(pk=terms.re_shipper_id).first() if terms.re_shipper_id else None
    sides = Sides(sell_to, ship_to, end_buyer, re_shipper)
    carrier = Carrier.objects.filter(pk=terms.carrier_id).first() if terms.carrier_id else None
    wanted = wanted_of(terms)
    account, payers = account_of(terms, wanted, sides, on)
    owner_id = account.party_id if account else None
    re_shipper_id = re_shipper.party_id if re_shipper else None
    parties = names([*payers, owner_id, ship_to.party_id, re_shipper_id])
    owner = parties.get(account.party_id, "") if account else ""
    tenant = Tenant.objects.get(pk=current_tenant_id())
    us = tenant.legal_name or tenant.name
    receiver = parties[ship_to.party_id]
    third_party = next((parties[each] for each in payers), owner)
    return FrozenTerms(
        terms_code=terms.code,
        terms_version=terms.version,
        **{name: getattr(terms, name) for name in AS_THEY_ARE},
        freight_payer_name=us if terms.freight_payer == Payer.SHIPPER else owner or third_party,
        payer_country=account.payer_country if account else tenant.country,
        payer_postcode=account.payer_postcode if account else "",
        carrier_code=carrier.code if carrier else "",
        carrier_name=carrier.name if carrier else "",
        account_number=account.number if account else "",
        account_owner=owner,
        duty_payer_name={Payer.SHIPPER: us, Payer.RECEIVER: receiver}.get(Payer(terms.duty_payer), third_party),
        **spelled_out("re_shipper", re_shipper, parties),
        **spelled_out("receiver", ship_to, parties),
        early_days=sell_to.early_days if terms.early_days is None else terms.early_days,
        late_days=sell_to.late_days if terms.late_days is None else terms.late_days,
        documents=[line.strip() for line in terms.documents.splitlines() if line.strip()],
        missing=engine.missing(wanted, account),
    )


def spelled_out(side: str, place: Location | None, parties: Mapping[int, str]) -> dict[str, Any]:
    """The fields of one side, by their names. Nowhere is empty text."""
    if place is None:
        texts = dict.fromkeys(("name", "city", "postcode", "country"), "")
        return {f"{side}_{name}": value for name, value in {**texts, "address": [], "street": []}.items()}
    return {
        f"{side}_name": parties[place.party_id],
        f"{side}_address": address_lines(place),
        f"{side}_street": street(place),
        f"{side}_city": place.city,
        f"{side}_postcode": place.postcode,
        f"{side}_country": place.country,
    }


def missing_fields(frozen: FrozenTerms) -> list[str]:
    """Required terms that are empty, in words; a request is not released while there are any."""
    return list(frozen.missing)


def wanted_of(terms: ShippingTerms) -> Wanted:
    return Wanted(
        incoterm=terms.incoterm,
        named_place=terms.named_place,
        freight_payer=terms.freight_payer,
        carrier_id=terms.carrier_id,
        service=terms.service,
        account_id=terms.freight_account_id,
        has_ship_to=True,
    )


def account_of(terms: ShippingTerms, wanted: Wanted, sides: Sides, on: date) -> tuple[Account | None, list[int]]:
    """The account that pays, and the parties who might have, the likeliest first."""
    payers = engine.payer_parties(
        terms.freight_payer,
        receiver_id=sides.ship_to.party_id,
        sell_to_id=sides.sell_to.pk,
        end_buyer_id=sides.end_buyer.pk if sides.end_buyer else None,
        re_shipper_id=sides.re_shipper.party_id if sides.re_shipper else None,
    )
    rows = FreightAccount.objects.filter(pk=terms.freight_account_id or 0)
    if terms.freight_account_id is None and terms.carrier_id is not None:
        rows = FreightAccount.objects.filter(party_id__in=payers, carrier_id=terms.carrier_id)
    return engine.choose_account(wanted, [account_facts(row) for row in rows], payers=payers, on=on), payers


def account_facts(row: FreightAccount) -> Account:
    return Account(
        id=row.pk,
        party_id=row.party_id,
        carrier_id=row.carrier_id,
        service=row.service,
        number=row.number,
        payer_country=row.payer_country,
        payer_postcode=row.payer_postcode,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def names(party_ids: list[int | None]) -> dict[int, str]:
    wanted = {each for each in party_ids if each}
    return dict(Party.objects.filter(pk__in=wanted).values_list("pk", "name"))


def address_lines(place: Location) -> list[str]:
    """Street, second line, city with region and postcode; the country stands apart."""
    city = " ".join(part for part in (place.city, place.region, place.postcode) if part)
    return [*street(place), city] if city else street(place)


def street(place: Location) -> list[str]:
    return [line for line in (place.address1, place.address2) if line]
