"""Parties and prices as they are printed."""

from collections.abc import Iterable

from orders.models import OrderLine
from parties.choices import LocationPurpose
from parties.models import Location, Party
from pricing.choices import PriceSource
from shipping.freeze import address_lines
from tenancy.models import Tenant
from ui.documents.letterhead import Letterhead
from ui.documents.order_acknowledgement import Side
from values.countries import country_name

# an office goes before a dock, and a dock before nothing
ADDRESS_RANK = (LocationPurpose.OFFICE, LocationPurpose.SHIP_TO, LocationPurpose.HUB, LocationPurpose.SHIP_FROM)
LISTS = (PriceSource.PRICE_LIST, PriceSource.BASE_LIST)


def letterhead(tenant: Tenant) -> Letterhead:
    return Letterhead(tenant.legal_name or tenant.name, tuple(tenant.address.splitlines()), tenant.tax_number)


def addresses_of(parties: Iterable[Party]) -> dict[int, Location]:
    """Where a party gets its mail: its office, or the next best place it has."""
    found: dict[int, Location] = {}
    places = Location.objects.filter(party_id__in={party.pk for party in parties}, is_active=True).order_by("pk")
    for place in sorted(places, key=lambda each: ADDRESS_RANK.index(LocationPurpose(each.purpose))):
        found.setdefault(place.party_id, place)
    return found


def party_side(label: str, party: Party, addresses: dict[int, Location], *more: str) -> Side:
    place = addresses.get(party.pk)
    lines = address_lines(place) if place else []
    return Side(label, party.name, (*lines, country_name(party.country), f"account {party.code}", *more))


def place_side(label: str, place: Location | None, *, none: str = "–") -> Side:
    """The company at a place, then the place; its own name only where it says more than the company's."""
    if place is None:
        return Side(label, none)
    named = () if place.name.startswith(place.party.name) else (place.name,)
    return Side(label, place.party.name, (*named, *address_lines(place), country_name(place.country)))


def price_from(line: OrderLine) -> str:
    """Where a price is from, in the words of the customer's side: reasons given by hand stay inside."""
    if line.agreement_line_id:
        return f"Agreement {line.price_reason.partition(':')[0]}"
    if line.price_source == PriceSource.MANUAL:
        return "Price agreed for this order"
    is_told = line.price_source in LISTS and line.price_reason.startswith(("Price list", "Base list"))
    return line.price_reason if is_told else ""
