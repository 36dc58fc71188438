"""What the browser suggests while somebody types: a few of each kind, never all of a large tenant."""

from dataclasses import dataclass

from catalog.choices import ORDERABLE
from catalog.models import Product
from orders.forms.entry import END_BUYERS, PARTS, SELL_TOS, SHIP_FROMS, SHIP_TOS
from orders.lookup import place_code
from parties.choices import LocationPurpose, PartyRole, PartyStatus
from parties.models import Location, Party, PartyRoleFact

MOST = 100


@dataclass(frozen=True)
class Suggestions:
    """A datalist: `options` are (what is typed, what it is called)."""

    name: str
    options: list[tuple[str, str]]


def suggestions() -> list[Suggestions]:
    parts = Product.objects.filter(lifecycle__in=ORDERABLE).order_by("pk")[:MOST]
    return [
        Suggestions(SELL_TOS, with_role(PartyRole.SELL_TO)),
        Suggestions(END_BUYERS, with_role(PartyRole.END_BUYER)),
        Suggestions(SHIP_TOS, places(LocationPurpose.SHIP_TO)),
        Suggestions(SHIP_FROMS, places(LocationPurpose.SHIP_FROM)),
        Suggestions(PARTS, [(row.sku, row.description) for row in parts]),
    ]


def with_role(role: str) -> list[tuple[str, str]]:
    """Leans on party_by_role."""
    facts = PartyRoleFact.objects.filter(role=role, party__status=PartyStatus.ACTIVE, party__merged_into__isnull=True)
    rows: list[Party] = [fact.party for fact in facts.select_related("party").order_by("party_id")[:MOST]]
    return sorted((row.code, row.name) for row in rows)


def places(purpose: str) -> list[tuple[str, str]]:
    """Leans on location_by_purpose."""
    found = Location.objects.filter(purpose=purpose, is_active=True)
    rows = found.select_related("party").order_by("party_id")[:MOST]
    return sorted((place_code(row), f"{row.name}, {row.city}") for row in rows)
