"""What holds a line back, found when it is entered and whenever it is checked again."""

from collections.abc import Iterator
from dataclasses import dataclass

from orders.choices import HoldKind
from orders.entry.facts import Facts
from orders.models import Order, OrderLine
from parties.choices import PartyStatus
from parties.models import Party
from pricing.resolver import PriceAnswer
from shipping.resolver import TermsAnswer
from values.money import format_price

# Export Administration Regulations: what is EAR99 or has no number needs no licence for most destinations
UNCONTROLLED = ("", "EAR99")


@dataclass(frozen=True)
class HoldFinding:
    """A reason to hold a line, found by a check."""

    kind: HoldKind
    message: str


def find_holds(
    order: Order, line: OrderLine, price: PriceAnswer, terms: TermsAnswer, facts: Facts, first_order: Order | None
) -> Iterator[HoldFinding]:
    """`first_order` is an earlier order with the same PO of the same sell-to."""
    if first_order:
        yield HoldFinding(
            HoldKind.DUPLICATE_PO, f"PO {order.customer_po} of this sell-to is on {first_order.number} already."
        )
    yield from find_party_holds(order, line, facts)
    yield from find_price_holds(order, line, price)
    yield from find_shipping_holds(line, terms, facts)


def find_party_holds(order: Order, line: OrderLine, facts: Facts) -> Iterator[HoldFinding]:
    sell_to = facts.parties[order.sell_to_id]
    if sell_to.is_end_buyer_required and line.end_buyer_id is None:
        yield HoldFinding(HoldKind.END_BUYER_REQUIRED, f"{sell_to.name} must name the end buyer on every line.")
    denied = [party.name for party in parties_of(order, line, facts) if party.status == PartyStatus.DENIED]
    if denied:
        yield HoldFinding(HoldKind.DENIED_PARTY, f"Denied party: {', '.join(denied)}.")


def parties_of(order: Order, line: OrderLine, facts: Facts) -> list[Party]:
    end_buyer = facts.parties.get(line.end_buyer_id) if line.end_buyer_id else None
    named = [facts.parties[order.sell_to_id], facts.parties.get(order.bill_to_id), end_buyer]
    named.append(facts.ship_to_party(line.ship_to_id))
    return list({party.pk: party for party in named if party}.values())


def find_price_holds(order: Order, line: OrderLine, price: PriceAnswer) -> Iterator[HoldFinding]:
    if price.unit_price is None:
        yield HoldFinding(HoldKind.NO_PRICE, f"No price in {order.currency}: none of the rules applies.")
        return
    if price.is_below_floor:
        yield HoldFinding(HoldKind.BELOW_FLOOR, "The manual price is below the floor and needs an approval.")
    if line.customer_price is not None and line.customer_price != price.unit_price:
        ours, theirs = (format_price(each, order.currency) for each in (price.unit_price, line.customer_price))
        yield HoldFinding(HoldKind.PRICE_DIFFERS, f"The PO says {theirs}, ours is {ours}.")


def find_shipping_holds(line: OrderLine, terms: TermsAnswer, facts: Facts) -> Iterator[HoldFinding]:
    if terms.terms_id is None:
        yield HoldFinding(HoldKind.TERMS, "No shipping rule applies.")
    elif terms.missing:
        yield HoldFinding(HoldKind.TERMS, f"The shipping terms lack: {', '.join(terms.missing)}.")
    product = facts.products[line.product_id]
    destination = facts.locations.get(line.ship_to_id) if line.ship_to_id else None
    if product.eccn.upper() in UNCONTROLLED or destination is None:
        return
    if destination.country != facts.tenant.country:
        yield HoldFinding(
            HoldKind.EXPORT, f"{product.sku} is {product.eccn}: export to {destination.country} must be cleared."
        )
