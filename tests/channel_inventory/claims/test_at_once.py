"""Whoever writes claims of a partner holds the partner first: nobody reads half of what another writes, and nobody
waits in a ring.
"""

from contextlib import suppress
from functools import partial

import pytest

from channel_inventory.actions import lock_partners as locking
from channel_inventory.actions.decide_lines import Decision, decide_lines
from channel_inventory.actions.decide_text import certify_text, reopen_text, set_text_aside
from channel_inventory.actions.issue_credit import NothingToCredit, issue_credit
from channel_inventory.actions.lock_partners import PartnerBusy, lock_partners
from channel_inventory.actions.revalue_claim import revalue_claim
from channel_inventory.choices import Verdict
from channel_inventory.models import ClaimCredit, ClaimLine, PosLine, ReportedEndBuyer
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.channel_inventory.claims.shop import Shop, buckets, claim_of, expected, to_nobody, value
from tests.channel_inventory.sessions import beside, wait_until_somebody_waits
from tests.factories.channel_inventory import make_text
from tests.factories.tenancy import make_member, make_tenant
from tests.fixtures import NOW
from tests.orders.test_concurrency import at_once


@pytest.fixture
def race(transactional_db):
    """A shop that other sessions see; its cap is 100 at 105, goods cost 120. A scope is a transaction: see `inside`."""
    tenant = make_tenant("race")
    with tenant_scope(tenant.pk):
        shop = Shop()
        shop.by, shop.cap = make_member(Role.ADMIN), shop.agree("105", cap_qty=100)
    shop.inside = lambda: tenant_scope(tenant.pk)
    return shop


def decide(line, verdict, by, note=""):
    return decide_lines(seen={line.pk: line.version}, decision=Decision(verdict, "25", note), by=by, at=NOW)


def sold(shop, quantity=10):
    sale = shop.sell(quantity)
    value(sale)
    return sale


def credit(shop, claim_id=None):
    return issue_credit(partner_id=shop.partner.pk, currency="USD", by=shop.by, at=NOW, claim_id=claim_id)


VERBS = {
    "approve": lambda shop: decide(claim_of(shop.sale), Verdict.APPROVE, shop.by),
    "credit": credit,
    "value again": lambda shop: revalue_claim(claim_id=claim_of(shop.sale).claim_id, by=shop.by, at=NOW),
    "certify": lambda shop: certify_text(text_id=shop.text.pk, party_id=shop.buyer.pk, by=shop.by, at=NOW),
    "reject": lambda shop: set_text_aside(text_id=shop.text.pk, is_rejected=True, by=shop.by, at=NOW),
    "open again": lambda shop: reopen_text(text_id=shop.text.pk, by=shop.by, at=NOW),
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_waits_for_the_partner_before_it_holds_anything(race, monkeypatch, verb):
    """While a report is being taken it gives up after its patience, and all its rows are free the whole time."""
    monkeypatch.setattr(locking, "PATIENCE", "400ms")
    with race.inside():
        race.sale, race.text = sold(race), make_text(race.partner, "Brightwtr Metering")
        other = race.sell(10)
        PosLine.objects.filter(pk=other.pk).update(end_buyer=None, reported_end_buyer=race.text)
    with race.inside():
        lock_partners([race.partner.pk])
        waiting = beside(race.inside, lambda: VERBS[verb](race))
        wait_until_somebody_waits()
        for model in (ReportedEndBuyer, PosLine, ClaimLine):
            assert list(model.objects.select_for_update(of=("self",), nowait=True))
        with pytest.raises(PartnerBusy, match="Nothing was changed"):
            waiting.result()
    with race.inside():
        assert buckets() == (15_000, 0)


def test_what_comes_back_while_a_sale_is_approved_is_approved_with_it(race):
    """4 of 10 are on their way back when somebody approves: 150.00 − 60.00, and 6 of the cap."""
    with race.inside():
        sale = sold(race)
        line = claim_of(sale)
    with race.inside():
        lock_partners([race.partner.pk])
        back = race.give_back(sale, 4)
        value(back)
        waiting = beside(race.inside, lambda: decide(line, Verdict.APPROVE, race.by))
        wait_until_somebody_waits()
    waiting.result()
    with race.inside():
        assert [(each.quantity, each.state) for each in ClaimLine.objects.order_by("pk")] == [
            (10, "approved"),
            (-4, "approved"),
        ]
        race.cap.refresh_from_db()
        assert (buckets(), race.cap.consumed_qty) == ((0, 9_000), 6)


def test_memos_of_two_claims_at_once_take_what_is_recoverable_once(race):
    """150.00 were credited and then taken back. Two claims of 600.00 each are credited at the same time."""
    with race.inside():
        gone = sold(race)
        decide(claim_of(gone), Verdict.APPROVE, race.by)
        credit(race)
        to_nobody(gone)
        claims = []
        for _ in range(2):
            race.batch = race.report()
            line = claim_of(sold(race, 40))
            decide(line, Verdict.APPROVE, race.by)
            claims.append(line.claim_id)

    def issue(index):
        with race.inside():
            return credit(race, claims[index]).total

    assert sorted(at_once(issue, 2)) == [45_000, 60_000]
    with race.inside():
        assert buckets() == (0, 0)


def test_one_claim_is_credited_once_however_many_click(race):
    with race.inside():
        decide(claim_of(sold(race)), Verdict.APPROVE, race.by)

    def issue(index):
        with race.inside():
            return credit(race).number

    found = at_once(issue, 4)
    assert sorted(type(each).__name__ for each in found) == ["NothingToCredit"] * 3 + ["str"]
    with race.inside():
        assert ClaimCredit.objects.get().number in found
        assert buckets() == (0, 0)


def test_whatever_people_and_reports_do_at_once_the_books_hold(race):
    """Approvals, memos, corrections and returns of the same sales, back and forth."""
    with race.inside():
        sales = [sold(race) for _ in range(8)]
        lines = [claim_of(sale) for sale in sales]

    def approve(order):
        for line in lines[::order]:
            with race.inside():
                decide(line, Verdict.APPROVE, race.by)

    def settle():
        for _ in lines:
            with suppress(NothingToCredit), race.inside():
                credit(race)

    def come_back():
        for sale in sales[::3]:
            with race.inside():
                lock_partners([race.partner.pk])
                value(race.give_back(sale, 4))

    def put_right():
        for sale in sales[1::3]:
            with race.inside():
                lock_partners([race.partner.pk])
                value(race.correct(sale, 7))

    work = [partial(approve, 1), partial(approve, -1), settle, come_back, put_right]
    assert at_once(lambda index: work[index](), len(work)) == [None] * len(work)
    with race.inside():
        found = list(ClaimLine.objects.order_by("pk"))
        assert buckets() == expected(found)
        race.cap.refresh_from_db()
        assert race.cap.consumed_qty == sum(line.consumed_qty for line in found)
        assert len([line for line in found if line.reverses_id and line.state != "reversed"]) == 3
