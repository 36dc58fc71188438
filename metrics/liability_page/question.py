"""What somebody wants to know about the liability, as the report takes it."""

from collections.abc import Iterator

from catalog.models import Product, ProductFamily
from channel_inventory.choices import LiabilityKind
from channel_inventory.reports.rebate_liability import BadQuestion, Question, period_start
from metrics.asked import Asked
from metrics.narrowing import agreement_ids
from metrics.reports.question import group_of, products_of
from parties.models import Party
from tenancy.models import Tenant


def liability_question(tenant: Tenant, asked: Asked) -> Question:
    """Movements begin with the fiscal period when nobody says. Raises BadQuestion for an agreement there is not."""
    agreements = agreement_ids(asked.agreement)
    if agreements == []:
        raise BadQuestion(f"There is no agreement “{asked.agreement}”.")
    return Question(
        first=asked.first or period_start(tenant, asked.as_of),
        as_of=asked.as_of,
        known_on=asked.known_on,
        partners=group_of(partner_of(asked)),
        end_buyers=group_of(asked.end_buyer_id),
        products=products_of(asked.product_id, asked.family_id),
        agreements=agreements,
        kinds=[asked.kind] if asked.kind else None,
        scope=", ".join(words(asked)),
    )


def partner_of(asked: Asked) -> int | None:
    """Who sells on is who bought: a sell-to that was asked for is the partner."""
    return asked.partner_id or asked.sell_to_id


def words(asked: Asked) -> Iterator[str]:
    partner = partner_of(asked)
    yield f"partner {party_name(partner)}" if partner else "all partners"
    if asked.end_buyer_id:
        yield f"end buyer {party_name(asked.end_buyer_id)}"
    if asked.agreement:
        yield f"agreement {asked.agreement}"
    if asked.family_id:
        yield f"family {ProductFamily.objects.values_list('name', flat=True).get(pk=asked.family_id)}"
    if asked.product_id:
        yield str(Product.objects.values_list("sku", flat=True).get(pk=asked.product_id))
    if asked.kind:
        yield str(LiabilityKind(asked.kind).label).lower()


def party_name(party_id: int) -> str:
    return Party.objects.values_list("name", flat=True).get(pk=party_id)
