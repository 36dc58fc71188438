"""What the claim of a sale is judged by, read for many sales at once: one statement a question."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from channel_inventory.choices import PriceBasis
from channel_inventory.engine.claims import Piece
from channel_inventory.models import PartnerTerms, PosLine
from pricing.question import PriceQuestion
from pricing.resolver import resolve_prices
from tenancy.prepared import fetch_planned
from tenancy.scope import current_tenant_id
from values import sql

APPLIES, NOTHING_LEFT, BELOW_TIER, AFTER_END, BEFORE_START, PROJECT, PARTNER, NOT_IN_FORCE = range(8)


class Match(NamedTuple):
    """An agreement line beside a sale, with the verdict on it; columns as in `sql/claim_matches.sql`."""

    sale_id: int
    verdict: int
    is_cited: bool
    line_id: int
    agreement_id: int
    number: str
    revision: int
    currency: str
    price: Decimal
    tier_qty: int
    tier_basis: str
    book_price: Decimal | None
    cap_qty: int | None
    left_qty: int | None
    valid_from: dt.date
    valid_to: dt.date

    @property
    def ref(self) -> str:
        return f"{self.number} rev {self.revision}"


class CostRow(NamedTuple):
    """As in `sql/claim_pieces.sql`."""

    pos_line_id: int
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
    """All that is known about one certified sale.

    `best` is the agreement it is valued by, or the one that came nearest; `cited` is the authorisation that the
    partner names, where it is one for this customer and part. `cited_elsewhere` says of any other cited one whether it
    is ship and debit, and covers the part; None when there is no such number.
    """

    sale: PosLine
    terms: Terms
    costs: list[CostRow] = field(default_factory=list)
    best: Match | None = None
    cited: Match | None = None
    cited_elsewhere: tuple[bool, bool] | None = None
    book_price: Decimal | None = None
    is_twin: bool = False
    is_twin_claimed: bool = False

    @property
    def agreement(self) -> Match | None:
        """The one that values the sale: it applies, or would if anything were left of it."""
        return self.best if self.best is not None and self.best.verdict <= NOTHING_LEFT else None

    @property
    def currency(self) -> str:
        return self.agreement.currency if self.agreement else self.sale.currency

    @property
    def is_claimed(self) -> bool:
        """A resale without any agreement is just a resale, unless the partner asks for money."""
        asks = bool(self.sale.cited_agreement) or self.sale.claimed_amount is not None
        return self.agreement is not None or asks


def facts_of(sales: Sequence[PosLine]) -> list[Facts]:
    ids = [sale.pk for sale in sales]
    if not ids:
        return []
    params = {"tenant": current_tenant_id(), "lines": ids}
    best, cited = matches_of(params)
    costs: dict[int, list[CostRow]] = defaultdict(list)
    for row in fetch_planned(sql.load("channel_inventory", "claim_pieces"), params, make=CostRow._make):
        costs[row.pos_line_id].append(row)
    elsewhere = {
        pk: (is_debit, covers)
        for pk, is_debit, covers in rows_for(
            "cited_authorisations", [sale.pk for sale in sales if sale.cited_agreement and sale.pk not in cited]
        )
    }
    twins = {pk: (in_report, claimed) for pk, in_report, claimed in rows_for("claim_twins", ids)}
    terms = terms_of({sale.partner_id for sale in sales})
    books = book_prices(sales, terms, best)
    return [
        Facts(
            sale=sale,
            terms=terms.get(sale.partner_id, Terms()),
            costs=costs.get(sale.pk, []),
            best=best.get(sale.pk),
            cited=cited.get(sale.pk),
            cited_elsewhere=elsewhere.get(sale.pk),
            book_price=books.get(sale.pk),
            is_twin=twins.get(sale.pk, (False, False))[0],
            is_twin_claimed=twins.get(sale.pk, (False, False))[1],
        )
        for sale in sales
    ]


def rows_for(statement: str, lines: Sequence[int]) -> list[Any]:
    if not lines:
        return []
    params = {"tenant": current_tenant_id(), "lines": list(lines)}
    return fetch_planned(sql.load("channel_inventory", statement), params)


def matches_of(params: dict[str, Any]) -> tuple[dict[int, Match], dict[int, Match]]:
    best: dict[int, Match] = {}
    cited: dict[int, Match] = {}
    for row in fetch_planned(sql.load("channel_inventory", "claim_matches"), params, make=Match._make):
        best.setdefault(row.sale_id, row)
        if row.is_cited:
            cited.setdefault(row.sale_id, row)
    return best, cited


def terms_of(partners: set[int]) -> dict[int, Terms]:
    found = PartnerTerms.objects.filter(partner_id__in=partners)
    return {each.partner_id: Terms(each.price_basis, each.claim_days) for each in found}


def book_prices(sales: Sequence[PosLine], terms: dict[int, Terms], best: dict[int, Match]) -> dict[int, Decimal | None]:
    """The list price on the resale date, asked only for partners who claim from it."""
    asked = [
        sale
        for sale in sales
        if sale.pk in best and terms.get(sale.partner_id, Terms()).price_basis == PriceBasis.BOOK_ON_RESALE_DATE
    ]
    questions = [
        PriceQuestion(
            key=sale.pk,
            sell_to_id=sale.partner_id,
            end_buyer_id=None,
            product_id=sale.product_id,
            quantity=sale.quantity,
            currency=best[sale.pk].currency,
            on=sale.invoice_date,
        )
        for sale in asked
    ]
    return {answer.key: answer.book_price for answer in resolve_prices(questions, with_losers=False)}


def pieces_for(facts: Facts) -> list[Piece]:
    """The units of the sale with what they are claimed from: costs in another currency tell nothing."""
    return [piece_for(row, facts) for row in facts.costs]


def piece_for(row: CostRow, facts: Facts) -> Piece:
    is_ours = row.currency == facts.currency
    unit_cost = row.unit_cost if is_ours else None
    return Piece(
        layer_id=row.layer_id,
        received_on=row.received_on.isoformat() if row.received_on else "",
        quantity=row.quantity,
        unit_cost=unit_cost,
        net_cost=row.net_cost if is_ours else None,
        basis=basis_of(facts, unit_cost),
    )


def basis_of(facts: Facts, unit_cost: Decimal | None) -> Decimal | None:
    """Whatever the basis is, a unit of unknown cost is not credited: the net cost bounds every credit."""
    if unit_cost is None:
        return None
    if facts.terms.price_basis == PriceBasis.BOOK_ON_RESALE_DATE:
        return facts.book_price
    if facts.terms.price_basis == PriceBasis.AGREEMENT_BOOK:
        return facts.agreement.book_price if facts.agreement else None
    return unit_cost
