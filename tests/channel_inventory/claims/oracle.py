"""What one sale may claim, reckoned in Python from the rows themselves: slow, and without any statement of ours."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from channel_inventory.choices import PriceBasis
from channel_inventory.engine.claims import Piece, claim_amount
from channel_inventory.models import ClaimLine, LayerConsumption, PartnerTerms, PosLine
from parties.models import Party
from pricing.choices import Mechanism, TierBasis
from pricing.models import Agreement, AgreementLine, PriceListItem

APPLIES, NOTHING_LEFT, BELOW_TIER, AFTER_END, BEFORE_START, PROJECT, PARTNER, NOT_IN_FORCE = range(8)
FAR = 99


class Match(NamedTuple):
    """An agreement line beside a sale, with the verdict on it."""

    line: AgreementLine
    verdict: int
    is_cited: bool
    price: Decimal
    tier_qty: int
    left_qty: int | None
    buyer_depth: int
    seller_depth: int | None

    @property
    def ref(self) -> str:
        return f"{self.line.agreement.number} rev {self.line.agreement.revision}"

    @property
    def currency(self) -> str:
        return self.line.currency

    @property
    def book_price(self) -> Decimal | None:
        return self.line.book_price

    @property
    def cap_qty(self) -> int | None:
        return self.line.cap_qty

    @property
    def valid_from(self) -> dt.date:
        return self.line.valid_from

    @property
    def valid_to(self) -> dt.date:
        return self.line.valid_to


class Cost(NamedTuple):
    layer_id: int | None
    received_on: dt.date | None
    currency: str
    unit_cost: Decimal | None
    net_cost: Decimal | None
    quantity: int


@dataclass(frozen=True)
class Terms:
    price_basis: str = PriceBasis.INVENTORY_COST
    claim_days: int = 90


@dataclass(frozen=True)
class Facts:
    """All that is known about one certified sale; `agreement` is the one it is valued by."""

    sale: PosLine
    terms: Terms
    costs: list[Cost] = field(default_factory=list)
    best: Match | None = None
    cited: Match | None = None
    cited_elsewhere: tuple[bool, bool] | None = None
    book_price: Decimal | None = None
    is_twin: bool = False
    is_twin_claimed: bool = False

    @property
    def agreement(self) -> Match | None:
        return self.best if self.best is not None and self.best.verdict <= NOTHING_LEFT else None

    @property
    def currency(self) -> str:
        return self.agreement.currency if self.agreement else self.sale.currency

    @property
    def is_claimed(self) -> bool:
        return self.agreement is not None or bool(self.sale.cited_agreement) or self.sale.claimed_amount is not None


def facts_of(sale: PosLine) -> Facts:
    terms = PartnerTerms.objects.filter(partner_id=sale.partner_id).first()
    costs = costs_of(sale)
    matches = sorted(matches_of(sale), key=lambda match: rank(match, costs))
    best = matches[0] if matches else None
    twins = twins_of(sale)
    told = Terms(terms.price_basis, terms.claim_days) if terms else Terms()
    asks_list = best is not None and told.price_basis == PriceBasis.BOOK_ON_RESALE_DATE
    return Facts(
        sale=sale,
        terms=told,
        costs=costs,
        best=best,
        cited=cited_of(matches),
        cited_elsewhere=elsewhere_of(sale),
        book_price=list_price(sale, best.currency) if asks_list and best else None,
        is_twin=any(twin.batch_id == sale.batch_id for twin in twins),
        is_twin_claimed=any(twin.batch_id != sale.batch_id and is_claimed(twin) for twin in twins),
    )


def costs_of(sale: PosLine) -> list[Cost]:
    """What it took and did not give back to a true-up, by layer and cost; shortages last."""
    rows = list(LayerConsumption.objects.filter(pos_line=sale).select_related("layer"))
    sums: dict[tuple[Any, ...], int] = defaultdict(int)
    for row in rows:
        if row.reverses_id is None:
            undone = sum(each.quantity for each in rows if each.reverses_id == row.pk)
            sums[row.layer, row.currency, row.unit_cost] += row.quantity + undone
    found = [
        Cost(
            layer.pk if layer else None,
            layer.received_on if layer else None,
            currency,
            unit_cost,
            layer.net_cost if layer else None,
            quantity,
        )
        for (layer, currency, unit_cost), quantity in sums.items()
        if quantity
    ]
    return sorted(found, key=age)


def age(cost: Cost) -> tuple[Any, ...]:
    """Oldest receipt first, then what no layer held, the cheaper of that first."""
    price = Decimal("inf") if cost.unit_cost is None else cost.unit_cost
    return cost.received_on or dt.date.max, cost.layer_id or 0, cost.currency, price


def matches_of(sale: PosLine) -> list[Match]:
    buyers, sellers = ancestors(sale.end_buyer_id or 0), ancestors(sale.partner_id)
    lines = AgreementLine.objects.filter(mechanism=Mechanism.SHIP_AND_DEBIT).select_related("agreement", "carried_to")
    return [
        match_of(sale, line, buyers[line.end_buyer_id], sellers)
        for line in lines
        if line.end_buyer_id in buyers and covers(line, sale)
    ]


def covers(line: AgreementLine, sale: PosLine) -> bool:
    return line.product_id == sale.product_id or (
        line.family_id is not None and line.family_id == sale.product.family_id
    )


def ancestors(party_id: int) -> dict[int, int]:
    """With how far up each of them is; a merged party counts as the survivor."""
    found: dict[int, int] = {}
    party = Party.objects.get(pk=party_id)
    at: int | None = party.merged_into_id or party.pk
    while at is not None:
        found[at] = len(found)
        at = Party.objects.get(pk=at).parent_id
    return found


def match_of(sale: PosLine, line: AgreementLine, buyer_depth: int, sellers: dict[int, int]) -> Match:
    pool = line.carried_to or line
    used = pool.consumed_qty + pool.reserved_qty
    counted = sale.quantity + (used if line.tier_basis == TierBasis.CUMULATIVE else 0)
    tier = sum(1 for least in line.min_qtys if least <= counted)
    left = None if line.cap_qty is None else line.cap_qty - used
    seller_depth = None if line.sell_to_id is None else sellers.get(line.sell_to_id)
    is_cited = bool(sale.cited_agreement) and line.agreement.number == sale.cited_agreement
    verdict = APPLIES
    if not line.is_in_force:
        verdict = NOT_IN_FORCE
    elif line.sell_to_id is not None and seller_depth is None:
        verdict = PARTNER
    elif line.project and not is_cited:
        verdict = PROJECT
    elif sale.invoice_date < line.valid_from:
        verdict = BEFORE_START
    elif sale.invoice_date > line.valid_to:
        verdict = AFTER_END
    elif not tier:
        verdict = BELOW_TIER
    elif left is not None and left <= 0:
        verdict = NOTHING_LEFT
    at = max(tier, 1) - 1
    return Match(line, verdict, is_cited, line.prices[at], line.min_qtys[at], left, buyer_depth, seller_depth)


def rank(match: Match, costs: list[Cost]) -> tuple[Any, ...]:
    """The one that applies; of these the cited, in the currency of the cost, named partner before any, project before
    none, product before family, nearest group, newest."""
    line = match.line
    cost_currency = min((cost.currency for cost in costs), default=None)
    return (
        match.verdict,
        not match.is_cited,
        line.currency != cost_currency,
        line.sell_to_id is None,
        line.project == "",
        line.product_id is None,
        FAR if match.seller_depth is None else match.seller_depth,
        match.buyer_depth,
        -line.pk,
    )


def cited_of(ranked: list[Match]) -> Match | None:
    """Of the cited authorisation: its line that values the sale, or the one that speaks least against it."""
    if ranked and ranked[0].is_cited:
        return ranked[0]
    cited = [match for match in ranked if match.is_cited]
    return min(cited, key=lambda m: (m.verdict, -m.valid_to.toordinal(), -m.line.pk)) if cited else None


def elsewhere_of(sale: PosLine) -> tuple[bool, bool] | None:
    """Whether what it cites is ship and debit, and covers the part; None when there is no such number."""
    named = list(Agreement.objects.filter(number=sale.cited_agreement)) if sale.cited_agreement else []
    if not named:
        return None
    lines = AgreementLine.objects.filter(agreement__in=named)
    is_debit = any(each.mechanism == Mechanism.SHIP_AND_DEBIT for each in named)
    return is_debit, any(covers(line, sale) for line in lines)


def list_price(sale: PosLine, currency: str) -> Decimal | None:
    """Of the partner's own list; the worlds of these tests have one price an item."""
    item = PriceListItem.objects.filter(
        product_id=sale.product_id, price_list__currency=currency, valid_from__lte=sale.invoice_date
    ).first()
    return item.price if item else None


def twins_of(sale: PosLine) -> list[PosLine]:
    same = PosLine.objects.filter(
        pk__lt=sale.pk, state="current", partner_id=sale.partner_id, product_id=sale.product_id,
        invoice_date=sale.invoice_date, invoice_number=sale.invoice_number, quantity=sale.quantity,
        end_buyer_id=sale.end_buyer_id,
    )  # fmt: skip
    return list(same.exclude(line_key=sale.line_key))


def is_claimed(sale: PosLine) -> bool:
    return ClaimLine.objects.filter(pos_line=sale, state__in=("pending", "approved")).exists()


def pieces_for(facts: Facts) -> list[Piece]:
    """Costs in another currency tell nothing; a unit of unknown cost is not credited, whatever the basis is."""
    return [piece_for(cost, facts) for cost in facts.costs]


def piece_for(cost: Cost, facts: Facts) -> Piece:
    is_ours = cost.currency == facts.currency
    unit_cost = cost.unit_cost if is_ours else None
    return Piece(
        layer_id=cost.layer_id,
        received_on=cost.received_on.isoformat() if cost.received_on else "",
        quantity=cost.quantity,
        unit_cost=unit_cost,
        net_cost=cost.net_cost if is_ours else None,
        basis=basis_of(facts, unit_cost),
    )


def basis_of(facts: Facts, unit_cost: Decimal | None) -> Decimal | None:
    if unit_cost is None:
        return None
    if facts.terms.price_basis == PriceBasis.BOOK_ON_RESALE_DATE:
        return facts.book_price
    if facts.terms.price_basis == PriceBasis.AGREEMENT_BOOK:
        return facts.agreement.book_price if facts.agreement else None
    return unit_cost


def amount_of(facts: Facts, pieces: list[Piece]) -> int:
    agreement = facts.agreement
    if agreement is None:
        return 0
    return claim_amount(pieces, agreement.price, agreement.currency, facts.sale.quantity)
