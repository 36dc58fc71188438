"""Ask both resolvers for many lines at once and put the answers, with their reasons, on the lines."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from orders.choices import FREE_TYPES
from orders.entry.facts import Facts
from orders.models import Order, OrderLine
from pricing.choices import PriceSource
from pricing.rates import rate_on
from pricing.resolver import PriceAnswer, PriceQuestion, resolve_prices
from shipping.resolver import TermsAnswer, TermsQuestion, resolve_terms
from tenancy.choices import PriceDatePolicy
from values.money import convert, from_minor, line_value

GRAMS = Decimal(1000)
FREE_OF_CHARGE = "Free of charge"


@dataclass(frozen=True)
class Answers:
    """What both resolvers said, in the order of the lines."""

    prices: list[PriceAnswer]
    terms: list[TermsAnswer]


def resolve_lines(order: Order, lines: Sequence[OrderLine], requests: Sequence[date], facts: Facts) -> Answers:
    """Price and route `lines` (their first request dates in `requests`), setting the answers on them."""
    prices = price_lines(order, lines, requests, facts)
    terms = route_lines(order, lines, facts)
    return Answers(prices, terms)


def price_lines(order: Order, lines: Sequence[OrderLine], requests: Sequence[date], facts: Facts) -> list[PriceAnswer]:
    by_ship_date = facts.tenant.price_date_policy == PriceDatePolicy.SHIP_DATE
    is_free = order.order_type in FREE_TYPES
    answers = resolve_prices(
        [
            PriceQuestion(
                key=index,
                sell_to_id=order.sell_to_id,
                end_buyer_id=line.end_buyer_id,
                product_id=line.product_id,
                quantity=line.quantity,
                currency=order.currency,
                on=requests[index] if by_ship_date else order.order_date,
                project=line.project,
                cited_agreement=line.cited_agreement,
                override_price=Decimal(0) if is_free else line.override_price,
                override_reason=FREE_OF_CHARGE if is_free else line.override_reason,
            )
            for index, line in enumerate(lines)
        ]
    )
    for line, answer in zip(lines, answers, strict=True):
        set_price(line, answer)
    return answers


def set_price(line: OrderLine, answer: PriceAnswer) -> None:
    line.unit_price = answer.unit_price
    line.price_source = answer.source
    line.price_reason = answer.reason[:200]
    line.price_trail = answer.trail
    line.book_price = answer.book_price
    line.agreed_cost = answer.agreed_cost
    line.agreement_line_id = answer.agreement_line_id if answer.source != PriceSource.NONE else None


def route_lines(order: Order, lines: Sequence[OrderLine], facts: Facts) -> list[TermsAnswer]:
    weights, values = deliveries(order, lines, facts)
    answers = resolve_terms(
        [
            TermsQuestion(
                key=index,
                sell_to_id=order.sell_to_id,
                end_buyer_id=line.end_buyer_id,
                ship_to_id=line.ship_to_id,
                ship_from_id=line.ship_from_id,
                family_id=facts.products[line.product_id].family_id,
                on=order.order_date,
                weight_kg=weights[line.ship_to_id],
                value=values[line.ship_to_id],
            )
            for index, line in enumerate(lines)
        ]
    )
    for line, answer in zip(lines, answers, strict=True):
        line.terms_id, line.terms_rule_id = answer.terms_id, answer.rule_id
        line.terms_reason, line.terms_trail = answer.reason[:200], answer.trail
    return answers


def deliveries(
    order: Order, lines: Sequence[OrderLine], facts: Facts
) -> tuple[dict[int | None, Decimal | None], dict[int | None, Decimal | None]]:
    """Weight in kg and value in the tenant's currency of all that goes to one ship-to.

    Unknown where a part of it is unknown: a band must not match on a sum that is short.
    """
    weights: dict[int | None, Decimal | None] = defaultdict(Decimal)
    values: dict[int | None, Decimal | None] = defaultdict(Decimal)
    rate = rate_on(order.currency, facts.tenant.currency, order.order_date)
    for line in lines:
        grams = facts.products[line.product_id].unit_weight_g
        weight = None if grams is None else grams * line.quantity / GRAMS
        weights[line.ship_to_id] = plus(weights[line.ship_to_id], weight)
        values[line.ship_to_id] = plus(values[line.ship_to_id], reporting_value(order, line, facts, rate))
    return weights, values


def reporting_value(order: Order, line: OrderLine, facts: Facts, rate: Decimal | None) -> Decimal | None:
    if line.unit_price is None or rate is None:
        return None
    value = line_value(line.quantity, line.unit_price, order.currency)
    return from_minor(convert(value, order.currency, facts.tenant.currency, rate), facts.tenant.currency)


def plus(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return None if left is None or right is None else left + right
