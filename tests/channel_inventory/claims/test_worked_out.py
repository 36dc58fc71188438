"""Random worlds: what the statements work out for all sales at once is what `oracle` reckons for each of them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channel_inventory.choices import PriceBasis
from channel_inventory.claiming.receipts import receipt_of
from channel_inventory.engine.claims import replay, told_steps
from channel_inventory.models import ClaimLine, PartnerTerms
from pricing.choices import AgreementStatus, TierBasis
from tests.channel_inventory.claims.oracle import Facts, amount_of, facts_of, pieces_for
from tests.channel_inventory.claims.oracle_findings import findings_of, reason_of
from tests.channel_inventory.claims.shop import SOLD, Shop, value
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.factories.pricing import make_agreement, make_price_list
from tests.fixtures import NOW

# what is usual stands first and often, so that most worlds pay something
PRICES = ("90", "101.37", "112.333333", "119.5", "1200")
COSTS = ("120", "120.000001", "111.111111", "95.5", "1400", None)
CURRENCIES = ("USD",) * 9 + ("EUR", "JPY", "KWD")
WINDOWS = ((-300, 400),) * 5 + ((0, 0), (-300, -1), (1, 400))
TIERS = ((1,), (1, 40), (1, 60, 5000), (30,))

AGREEMENT = st.fixed_dictionaries({
    "buyer": st.sampled_from(["own", "own", "own", "group", "stranger"]),
    "seller": st.sampled_from([None, None, "own", "own", "group", "stranger"]),
    "subject": st.sampled_from(["part", "part", "part", "family", "other"]),
    "project": st.sampled_from(["", "", "", "P1"]),
    "currency": st.sampled_from(CURRENCIES),
    "window": st.sampled_from(WINDOWS),
    "tiers": st.sampled_from(TIERS),
    "basis": st.sampled_from(TierBasis.values),
    "price": st.sampled_from(PRICES),
    "book": st.sampled_from([None, "130.25", "100"]),
    "cap": st.sampled_from([None, None, None, (500, 0), (60, 40), (60, 60)]),
    "status": st.sampled_from([AgreementStatus.APPROVED] * 7 + [AgreementStatus.DRAFT]),
})  # fmt: skip
HELD = ("layer", "layer", "layer", "credited", "short")
PAID_IN = ("USD",) * 9 + ("EUR",)
PIECE = st.tuples(st.integers(1, 40), st.sampled_from(COSTS), st.sampled_from(PAID_IN), st.sampled_from(HELD))
SALE = st.fixed_dictionaries({
    "pieces": st.lists(PIECE, min_size=1, max_size=4),
    "unknown": st.sampled_from([0, 0, 0, 0, 0, 7]),
    "day": st.sampled_from([0, 0, 0, 0, 5, -120]),
    "cites": st.sampled_from([None] * 8 + [0, 0, 1, 2, "nobody's", "direct", "other"]),
    "asks": st.sampled_from([None] * 5 + [0, 1234, -500, "same", "other cost", "other cost"]),
    "currency": st.sampled_from(["USD"] * 5 + ["EUR"]),
    "twin_of": st.sampled_from([None, None, None, 0]),
    "report": st.sampled_from([0, 1]),
})  # fmt: skip
TERMS = st.tuples(st.sampled_from(PriceBasis.values), st.sampled_from([90, 90, 10]))


class World:
    def __init__(self, agreements, terms):
        self.shop = Shop(make_sell_to(parent=make_sell_to()))
        shop = self.shop
        shop.buyer = make_end_buyer(parent=make_end_buyer())
        self.other = make_product(family=shop.product.family)
        if terms:
            PartnerTerms.objects.create(partner=shop.partner, price_basis=terms[0], claim_days=terms[1])
        make_price_list(shop.product, "117.25", party=shop.partner)
        self.reports = [shop.batch, shop.report()]
        self.stranger, self.sales = make_end_buyer(), []
        self.buyers = {"own": shop.buyer, "group": shop.buyer.parent, "stranger": self.stranger}
        self.sellers = {None: None, "own": shop.partner, "group": shop.partner.parent, "stranger": make_sell_to()}
        self.numbers = [self.agree(**each).agreement.number for each in agreements]
        make_agreement(make_product(), "50", end_buyer=shop.buyer, number="direct")
        make_agreement(make_product(), "50", end_buyer=shop.buyer, number="other", mechanism="ship_and_debit")

    def agree(self, *, buyer, seller, subject, window, tiers, basis, price, book, cap, status, **header):
        product = {"part": self.shop.product, "other": self.other, "family": None}[subject]
        line = make_agreement(
            product, price, mechanism="ship_and_debit", end_buyer=self.buyers[buyer], sell_to=self.sellers[seller],
            family=self.shop.product.family if subject == "family" else None, status=status, tier_basis=basis,
            book_price=book and Decimal(book), valid_from=SOLD + dt.timedelta(window[0]),
            valid_to=SOLD + dt.timedelta(window[1]), **header,
        )  # fmt: skip
        line.min_qtys, line.prices = list(tiers), [Decimal(price) - nth for nth in range(len(tiers))]
        if cap:
            line.cap_qty, line.consumed_qty = cap
        line.save()
        return line

    def sell(self, *, pieces, unknown, day, cites, asks, currency, twin_of, report):
        cited = "" if cites is None else cites
        if isinstance(cites, int):
            cited = self.numbers[cites] if cites < len(self.numbers) else "nobody's"
        values = {
            "invoice_date": SOLD + dt.timedelta(day), "cited_agreement": cited, "currency": currency,
            "batch": self.reports[report],
        }  # fmt: skip
        quantity = sum(units for units, *_ in pieces) + unknown
        if twin_of is not None and self.sales:
            first = self.sales[twin_of % len(self.sales)]
            quantity = first.quantity
            values |= {"invoice_number": first.invoice_number, "invoice_date": first.invoice_date}
        sale = self.shop.line(quantity, **values)
        for units, cost, paid_in, held in pieces:
            if held == "short":
                self.shop.short(sale, units, cost)
                continue
            net = str(Decimal(cost) - 10) if cost and held == "credited" else None
            self.shop.take(sale, units, cost, net=net, currency=paid_in)
        sale.claimed_amount = self.asked(sale, asks)
        sale.save()
        self.sales.append(sale)

    def asked(self, sale, asks):
        if not isinstance(asks, str):
            return asks
        facts = facts_of(sale)
        pieces = pieces_for(facts)
        if asks == "same" or facts.agreement is None:
            return amount_of(facts, pieces)
        return int((Decimal(120) - facts.agreement.price) * sum(piece.quantity for piece in pieces) * 100)


def told(match, cited_or_none=None):
    line = match.line
    return {
        "number": line.agreement.number, "revision": line.agreement.revision, "agreement_id": line.agreement_id,
        "line": line.pk, "valid_from": line.valid_from.isoformat(), "valid_to": line.valid_to.isoformat(),
        "tier_from": match.tier_qty, "tier_basis": line.tier_basis, "is_cited": match.is_cited, "cap": line.cap_qty,
        "left": match.left_qty,
    }  # fmt: skip


def text(price):
    return None if price is None else str(price)


def expected(facts: Facts):
    """The claim line of a sale, and its receipt."""
    sale, match, pieces = facts.sale, facts.agreement, pieces_for(facts)
    amount = amount_of(facts, pieces)
    findings = findings_of(facts, pieces, amount)
    receipt = {
        "sale": {
            "pos_line": sale.pk, "invoice": str(sale), "quantity": sale.quantity,
            "resold_on": sale.invoice_date.isoformat(), "received_on": sale.received_on.isoformat(),
            "cited": sale.cited_agreement, "sku": sale.product.sku, "end_buyer": sale.end_buyer_id,
            "end_buyer_name": sale.end_buyer.name,
        },
        "valued_at": NOW.isoformat(), "quantity": sale.quantity, "currency": facts.currency,
        "price_basis": facts.terms.price_basis, "claim_days": facts.terms.claim_days,
        "agreed_cost": text(match.price) if match else None, "agreement": told(match) if match else None,
        "pieces": [
            {
                "layer": piece.layer_id, "received_on": piece.received_on, "quantity": piece.quantity,
                "unit_cost": text(piece.unit_cost), "net_cost": text(piece.net_cost), "basis": text(piece.basis),
            }
            for piece in pieces
        ],
    }  # fmt: skip
    return {
        "claim__batch": sale.batch_id, "partner": sale.partner_id, "end_buyer": sale.end_buyer_id,
        "product": sale.product_id, "agreement_line": match.line.pk if match else None, "quantity": sale.quantity,
        "agreed_cost": match.price if match else None, "currency": facts.currency, "amount": amount,
        "claimed_amount": sale.claimed_amount, "state": "pending", "reason": reason_of(findings),
        "findings": [each.as_json() for each in findings], "receipt": receipt,
    }  # fmt: skip


FIELDS = (
    "claim__batch", "partner", "end_buyer", "product", "agreement_line", "quantity", "agreed_cost", "currency",
    "amount", "claimed_amount", "state", "reason", "findings", "receipt",
)  # fmt: skip


def check(sales):
    """Value them all at once, after each was reckoned alone."""
    wanted = {sale.pk: facts for sale in sales if (facts := facts_of(sale)).is_claimed}
    value(*sales)
    lines = ClaimLine.objects.filter(pos_line__in=[sale.pk for sale in sales]).exclude(state="reversed")
    found = {row.pop("pos_line"): row for row in lines.values("pos_line", *FIELDS)}
    assert found == {pk: expected(facts) for pk, facts in wanted.items()}
    for line in lines:
        assert replay(line.receipt) == line.amount
        assert receipt_of(line).is_same
        assert told_steps(line.receipt)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    agreements=st.lists(
        AGREEMENT, max_size=5, unique_by=lambda a: (a["buyer"], a["seller"], a["subject"], a["project"], a["currency"])
    ),
    sales=st.lists(SALE, min_size=1, max_size=6),
    terms=st.none() | TERMS,
)
@pytest.mark.django_db
def test_whatever_is_agreed_and_sold_all_at_once_is_as_each_alone(inside, agreements, sales, terms):
    with transaction.atomic():
        world = World(agreements, terms)
        for sale in sales:
            world.sell(**sale)
        check([sale for sale in world.sales if sale.batch_id == world.reports[0].pk])
        check([sale for sale in world.sales if sale.batch_id == world.reports[1].pk])
        again = value(*world.sales)
        assert again.reversed_lines == 0 or any(sale["twin_of"] is not None for sale in sales)
        check_other_terms(world)
        transaction.set_rollback(True)


def check_other_terms(world):
    """Terms that change hold for what waits: what would come out otherwise is reversed and valued anew."""
    PartnerTerms.objects.update_or_create(
        partner=world.shop.partner, defaults={"price_basis": PriceBasis.AGREEMENT_BOOK, "claim_days": 30}
    )
    wanted = {sale.pk: expected(facts) for sale in world.sales if (facts := facts_of(sale)).is_claimed}
    value(*world.sales)
    lines = ClaimLine.objects.filter(pos_line__in=[sale.pk for sale in world.sales]).exclude(state="reversed")
    found = {row.pop("pos_line"): outcome(row) for row in lines.values("pos_line", *FIELDS)}
    assert found == {pk: outcome(line) for pk, line in wanted.items()}


def outcome(line):
    """What a line that stands must agree in; its receipt may tell of the terms that it was valued by."""
    codes = [(each["code"], each["is_denial"]) for each in line["findings"]]
    return {**line, "findings": codes, "receipt": line["receipt"]["pieces"]}
