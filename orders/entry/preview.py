"""What would become of an entry: prices, terms and holds of each line, without writing anything."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from orders.actions.enter_order import new_line, new_order, numbered, same_po
from orders.choices import SCOPE_OF_HOLD, HoldScope
from orders.entry.checks import check_entry
from orders.entry.credit import exposure, limit
from orders.entry.facts import Facts, gather
from orders.entry.hold_rules import HoldFinding, find_holds
from orders.entry.order_entry import EntryProblem, EntryRefused, OrderEntry, po_key
from orders.entry.resolve import resolve_lines
from orders.models import Order, OrderLine
from pricing.resolver import PriceAnswer
from shipping.models import ShippingTerms
from tenancy.models import Member
from values.money import line_value


@dataclass(frozen=True)
class PreviewLine:
    """`value` in minor units of the order's currency, None without a price."""

    line: OrderLine
    holds: list[HoldFinding]
    value: int | None
    price: PriceAnswer

    @property
    def will_book(self) -> bool:
        return not any(SCOPE_OF_HOLD[hold.kind] == HoldScope.BOOKING for hold in self.holds)


@dataclass(frozen=True)
class Credit:
    """Minor units of the tenant's currency; `allowed` None: no limit, or no rate to judge it by."""

    owed: int
    allowed: int | None
    currency: str


@dataclass(frozen=True)
class Preview:
    order: Order
    lines: list[PreviewLine]
    credit: Credit
    first_order: Order | None
    facts: Facts
    problems: list[EntryProblem] = field(default_factory=list)

    @property
    def value(self) -> int:
        return sum(line.value or 0 for line in self.lines)

    @property
    def held(self) -> int:
        return sum(not line.will_book for line in self.lines)


def preview_order(*, entry: OrderEntry, by: Member, at: datetime) -> Preview:
    """Raises EntryRefused with every problem at its field."""
    facts = gather(entry)
    problems = check_entry(entry, facts, facts.tenant.today(at))
    if problems:
        raise EntryRefused(problems)
    return resolved(entry, facts, by, at)


def look_at(*, entry: OrderEntry, by: Member, at: datetime) -> Preview:
    """As far as it goes while somebody still types: lines with problems are priced too, and the problems named.

    Without a currency there is one nothing can be priced in: then there are no lines.
    """
    facts = gather(entry)
    problems = check_entry(entry, facts, facts.tenant.today(at))
    if any(each.field == "currency" for each in problems):
        entry = replace(entry, currency=facts.tenant.currency, lines=())
    return replace(resolved(entry, facts, by, at), problems=problems)


def resolved(entry: OrderEntry, facts: Facts, by: Member, at: datetime) -> Preview:
    order = new_order(entry, by, at)
    lines = [new_line(order, number, line) for number, line in numbered(entry.lines)]
    answers = resolve_lines(order, lines, [min(part[1] for part in line.parts) for line in entry.lines], facts)
    first_order = same_po(order) if order.customer_po_key else None
    attach(lines, facts)
    found = [
        PreviewLine(line, list(find_holds(order, line, price, terms, facts, first_order)), value_of(order, line), price)
        for line, price, terms in zip(lines, answers.prices, answers.terms, strict=True)
    ]
    return Preview(order, found, credit_of(order, facts, at), first_order, facts)


def earlier_order(*, sell_to_id: int, customer_po: str) -> Order | None:
    """The first order, not cancelled, that has this PO of this sell-to."""
    return same_po(Order(sell_to_id=sell_to_id, customer_po_key=po_key(customer_po)))


def attach(lines: list[OrderLine], facts: Facts) -> None:
    """Give the unsaved lines the rows that the page shows, in one query."""
    terms = ShippingTerms.objects.select_related("carrier", "re_shipper").in_bulk(
        {line.terms_id for line in lines if line.terms_id}
    )
    for line in lines:
        line.product = facts.products[line.product_id]
        line.terms = terms.get(line.terms_id)


def value_of(order: Order, line: OrderLine) -> int | None:
    return None if line.unit_price is None else line_value(line.quantity, line.unit_price, order.currency)


def credit_of(order: Order, facts: Facts, at: datetime) -> Credit:
    today = facts.tenant.today(at)
    bill_to = facts.parties[order.bill_to_id]
    return Credit(exposure(bill_to, facts.tenant, today), limit(bill_to, facts.tenant, today), facts.tenant.currency)
