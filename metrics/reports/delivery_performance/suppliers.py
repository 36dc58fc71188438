"""Those who commit dates to us: parties of others from whose places goods leave."""

from collections.abc import Collection, Sequence

from django.db.models import QuerySet

from parties.choices import PartyRole
from parties.models import Location

# parties whose docks and plants are not ours
COMMITTING = (PartyRole.FULFILMENT_SITE, PartyRole.CONTRACT_MANUFACTURER, PartyRole.SUPPLIER)
EVERY_SUPPLIER = 0


def places_of_suppliers() -> QuerySet[Location]:
    return Location.objects.filter(party__role_facts__role__in=COMMITTING).distinct()


def suppliers_of(site_ids: Collection[int]) -> dict[int, int]:
    """Place → the party that commits its dates to us; places of our own are not in it."""
    return dict(places_of_suppliers().filter(pk__in=site_ids).values_list("pk", "party_id"))


def sites_of(site_id: int | None, supplier_id: int | None) -> Sequence[int] | None:
    """The places meant by a place and a supplier, either of them or both; None where neither is asked for."""
    if supplier_id is None:
        return None if site_id is None else [site_id]
    places = places_of_suppliers()
    if supplier_id != EVERY_SUPPLIER:
        places = places.filter(party_id=supplier_id)
    if site_id is not None:
        places = places.filter(pk=site_id)
    return sorted(places.values_list("pk", flat=True))
