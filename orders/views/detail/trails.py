"""Why a line costs what it costs and travels as it does: every rule tried, in order, with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from orders.models import OrderLine
from pricing.choices import PriceSource
from shipping.models import ShippingTerms
from tenancy.rights import SEE_COST
from values.money import format_minor, format_price, line_value


@dataclass(frozen=True)
class Step:
    title: str
    why: str
    applies: bool
    price: str = ""
    conditions: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Trail:
    """`label` is the chip, `steps` is what it opens; `facts` are figures of the winner."""

    label: str
    heading: str
    tone: str
    steps: list[Step]
    facts: list[tuple[str, str]] = field(default_factory=list)


def price_trail(line: OrderLine, currency: str, member: Any) -> Trail:
    """Agreed prices, of the winner and of those that lost, are shown with the right to see cost only."""
    sees_cost = member.may(SEE_COST)
    tone = {PriceSource.NONE: "bad", PriceSource.MANUAL: "warn"}.get(PriceSource(line.price_source), "")
    steps = [price_step(entry, sees_cost=sees_cost) for entry in line.price_trail]
    facts = cost_facts(line, currency) if sees_cost else []
    return Trail(price_label(line), "Why this price", tone, steps, facts)


def price_label(line: OrderLine) -> str:
    """Short for the chip: the agreement alone; which step it won stands in the trail."""
    if line.agreement_line_id:
        return line.price_reason.partition(":")[0]
    return line.price_reason or "No price"


def price_step(entry: dict[str, Any], *, sees_cost: bool) -> Step:
    label = PriceSource(entry["step"]).label
    title = f"{label}: {entry['ref']}" if entry.get("ref") else label
    price = entry.get("price") if sees_cost else None
    shown = f"{format_price(Decimal(price), entry['currency'])} {entry['currency']}" if price else ""
    return Step(title, entry["why"], entry["applies"], shown)


def cost_facts(line: OrderLine, currency: str) -> list[tuple[str, str]]:
    """Book and agreed cost beside what is charged, and the claim to expect from ship and debit."""
    facts = []
    if line.book_price is not None and line.book_price != line.unit_price:
        facts.append(("Book price", format_price(line.book_price, currency)))
    if line.agreed_cost is not None and line.unit_price is not None:
        each = max(line.unit_price - line.agreed_cost, Decimal(0))
        claim = format_minor(line_value(line.quantity, each, currency), currency)
        facts.append(("Agreed cost", format_price(line.agreed_cost, currency)))
        facts.append(("Expected claim", f"{format_price(each, currency)} each, {claim} {currency}"))
    return facts


def terms_trail(line: OrderLine) -> Trail:
    steps = [terms_step(entry) for entry in line.terms_trail]
    label = terms_label(line.terms) if line.terms else "No shipping terms"
    return Trail(label, line.terms_reason or "Why these terms", "" if line.terms else "bad", steps)


def terms_step(entry: dict[str, Any]) -> Step:
    title = f"Rule {entry['rule']} v{entry['version']}"
    return Step(title, entry["why"], entry["applies"], conditions=entry["conditions"])


def terms_label(terms: ShippingTerms) -> str:
    """Incoterm and place, who carries, who pays; account numbers stay on the ship request."""
    carrier = f"{terms.carrier.name} {terms.service}".strip() if terms.carrier else ""
    payer = f"{terms.get_freight_payer_display().lower()} pays"
    via = "re-shipper" if terms.re_shipper_id else ""
    return " · ".join(joined([f"{terms.incoterm} {terms.named_place}".strip(), carrier, payer, via]))


def joined(parts: Iterable[str]) -> list[str]:
    return [part for part in parts if part]
