"""The site of goods whose order names none."""

from collections.abc import Iterable

from orders.models import OrderLine
from parties.choices import LocationPurpose, PartyRole
from parties.models import Location


def only_site(party_id: int | None = None) -> Location | None:
    """The one place from which the tenant's sites (or this party) ship; None where there are several, or none."""
    sites = Location.objects.filter(purpose=LocationPurpose.SHIP_FROM, is_active=True)
    if party_id is None:
        sites = sites.filter(party__role_facts__role=PartyRole.FULFILMENT_SITE)
    else:
        sites = sites.filter(party_id=party_id)
    found = list(sites.distinct()[:2])
    return found[0] if len(found) == 1 else None


def leave_from(site_id: int, line_ids: Iterable[int]) -> None:
    """Lines that name no site take the one that they first leave from, and keep it."""
    OrderLine.objects.filter(pk__in=list(line_ids), ship_from__isnull=True).update(ship_from_id=site_id)
