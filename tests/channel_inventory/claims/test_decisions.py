"""Approve, deny, pend: what it does to the line, to the cap and to what we owe."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from channel_inventory.actions.decide_lines import Decision, decide_lines
from channel_inventory.actions.issue_credit import NothingToCredit, issue_credit
from channel_inventory.choices import LiabilityEntry, Verdict
from channel_inventory.documents.claim_credit import CreditDoesNotFoot, paper_of
from channel_inventory.engine.claims import replay
from channel_inventory.models import Claim, ClaimLine, LiabilityLedger
from metrics.verification import verify_tenant
from pricing.models import AgreementLine
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.channel_inventory.claims.shop import Shop, buckets, claim_of, codes, expected, to_nobody, value
from tests.factories.tenancy import make_member, make_tenant
from tests.fixtures import NOW
from ui.documents import claim_credit as memos


def decide(verdict, *lines, by, code="", note=""):
    seen = {line.pk: line.version for line in lines}
    return decide_lines(seen=seen, decision=Decision(verdict, code, note), by=by, at=NOW)


def approve(*lines, by, note=""):
    return decide(Verdict.APPROVE, *lines, by=by, note=note)


def claimed(shop, quantity, **values):
    sale = shop.sell(quantity, **values)
    value(sale)
    return claim_of(sale)


def fresh(line):
    return ClaimLine.objects.get(pk=line.pk)


def used(line):
    return AgreementLine.objects.get(pk=line.pk).consumed_qty


def foots():
    """The lines, the ledger and the memos say the same; each receipt gives its amount."""
    assert [each for each in verify_tenant() if each.name.startswith("liability") and not each.ok] == []
    assert buckets() == expected(list(ClaimLine.objects.all()))
    for line in ClaimLine.objects.exclude(state="reversed"):
        assert replay(line.receipt) == line.amount


def test_approving_moves_the_estimate_to_what_is_claimed(shop, desk):
    cap = shop.agree(cap_qty=100)
    line = claimed(shop, 10)
    assert approve(line, by=desk).refused == {}
    line = fresh(line)
    assert (line.state, line.amount, line.consumed_qty, line.version) == ("approved", 15_000, 10, 2)
    assert (line.decided_by_id, line.decided_at) == (desk.pk, NOW)
    assert (used(cap), buckets()) == (10, (0, 15_000))
    foots()


def test_denying_takes_the_estimate_back(shop, desk):
    cap = shop.agree(cap_qty=100)
    line = claimed(shop, 10)
    assert decide(Verdict.DENY, line, by=desk).refused == {line.pk: "Name the reason."}
    decide(Verdict.DENY, line, by=desk, code="26", note="not theirs")
    line = fresh(line)
    assert (line.state, line.reason, line.decision_note) == ("denied", "26", "not theirs")
    assert (used(cap), buckets()) == (0, (0, 0))
    foots()


def test_pending_says_why_and_opens_what_was_denied(shop, desk):
    shop.agree()
    line = claimed(shop, 10)
    decide(Verdict.PEND, line, by=desk, note="call them")
    line = fresh(line)
    assert (line.state, line.reason, codes(line)) == ("pending", "25", [("25", False)])
    assert buckets() == (15_000, 0)
    decide(Verdict.DENY, line, by=desk, code="16")
    decide(Verdict.PEND, fresh(line), by=desk, note="they called")
    assert (fresh(line).state, buckets()) == ("pending", (15_000, 0))
    approve(fresh(line), by=desk)
    assert buckets() == (0, 15_000)
    foots()


def test_the_cap_cuts_the_line_to_what_is_left(shop, desk):
    """950 of 1,200: 700 × (120 − 105) + 250 × (115 − 105) = 10,500 + 2,500."""
    cap = shop.agree("105", cap_qty=6_000, consumed_qty=5_050)
    sale = shop.sell(1_200, (700, "120"), (500, "115"))
    value(sale)
    assert claim_of(sale).amount == 1_550_000
    approve(claim_of(sale), by=desk)
    line = claim_of(sale)
    assert (line.state, line.quantity, line.amount, line.reason) == ("approved", 950, 1_300_000, "04")
    assert (line.consumed_qty, used(cap)) == (950, 6_000)
    assert buckets() == (0, 1_300_000)
    foots()


def test_what_finds_an_empty_cap_is_denied(shop, desk):
    shop.agree(cap_qty=10)
    first, second = claimed(shop, 10), claimed(shop, 5)
    done = approve(first, second, by=desk)
    assert [line.state for line in done.done] == ["approved", "denied"]
    assert (fresh(second).reason, buckets()) == ("05", (0, 15_000))
    foots()


def test_lines_are_served_in_key_order_whatever_the_order_of_asking(shop, desk):
    shop.agree(cap_qty=12)
    first, second = claimed(shop, 10), claimed(shop, 5)
    approve(second, first, by=desk)
    assert (fresh(first).quantity, fresh(second).quantity, fresh(second).amount) == (10, 2, 3_000)
    foots()


def test_a_line_somebody_changed_is_refused_and_the_others_are_done(shop, desk):
    shop.agree()
    stale, good = claimed(shop, 10), claimed(shop, 20)
    decide(Verdict.PEND, stale, by=desk, note="wait")
    done = approve(stale, good, by=desk)
    assert [line.pk for line in done.done] == [good.pk]
    assert "you saw version 1, it is at 2" in done.refused[stale.pk]


def test_what_a_finding_denies_needs_a_word_to_be_approved(shop, desk):
    shop.agree()
    sale = shop.sell(10, invoice_date="2026-08-01")
    value(sale)
    line = claim_of(sale)
    assert codes(line) == [("29", True)]
    assert "Code 29" in approve(line, by=desk).refused[line.pk]
    approve(line, by=desk, note="agreed with their manager")
    assert buckets() == (0, 15_000)
    foots()


def test_what_no_agreement_prices_cannot_be_approved(shop, desk):
    line = claimed(shop, 10, claimed_amount=1)
    assert "No agreement" in approve(line, by=desk, note="please").refused[line.pk]


def test_decided_lines_are_not_decided_again(shop, desk):
    shop.agree()
    line = claimed(shop, 10)
    approve(line, by=desk)
    assert "approved already" in decide(Verdict.DENY, fresh(line), by=desk, code="01").refused[line.pk]
    assert decide(Verdict.DENY, ClaimLine(pk=0, version=1), by=desk).refused == {0: "There is no such line."}


# returns -------------------------------------------------------------------------------------------------------------


def test_a_return_of_what_was_approved_bills_back_and_restores_the_cap(shop, desk):
    """3 of 10 come back: round(150.00 × 3 ÷ 10) = 45.00; the last 7 take the rest."""
    cap = shop.agree(cap_qty=100)
    sale = shop.sell(10)
    value(sale)
    approve(claim_of(sale), by=desk)
    back = shop.give_back(sale, 3)
    value(back)
    line = claim_of(back)
    assert (line.state, line.amount, line.quantity, line.consumed_qty) == ("approved", -4_500, -3, -3)
    assert (line.reverses_id, used(cap), buckets()) == (claim_of(sale).pk, 7, (0, 10_500))
    value(back)
    rest = shop.give_back(sale, 9)
    value(rest)
    assert (claim_of(rest).amount, used(cap), buckets()) == (-10_500, 0, (0, 0))
    foots()


def test_a_return_of_what_waits_waits_with_it(shop, desk):
    cap = shop.agree(cap_qty=100)
    sale = shop.sell(10)
    back = shop.give_back(sale, 4)
    value(sale, back)
    line = claim_of(back)
    assert (line.state, line.amount, buckets()) == ("pending", -6_000, (9_000, 0))
    assert "with the sale" in approve(line, by=desk).refused[line.pk]
    approve(claim_of(sale), by=desk)
    assert (claim_of(back).state, used(cap), buckets()) == ("approved", 6, (0, 9_000))
    foots()


def test_a_cap_that_leaves_less_cuts_the_sale_and_its_return(shop, desk):
    """10 sold, 4 back, the cap has 3: 7 of the sale are covered and 4 of them came back, 45.00 stay."""
    cap = shop.agree(cap_qty=3)
    sale = shop.sell(10)
    back = shop.give_back(sale, 4)
    value(sale, back)
    approve(claim_of(sale), by=desk)
    assert (claim_of(sale).amount, claim_of(back).amount) == (10_500, -6_000)
    assert (used(cap), buckets()) == (3, (0, 4_500))
    foots()


def test_a_return_of_what_was_denied_bills_nothing(shop, desk):
    shop.agree()
    sale = shop.sell(10)
    value(sale)
    decide(Verdict.DENY, claim_of(sale), by=desk, code="01")
    assert value(shop.give_back(sale, 3)).lines == 0
    foots()


def test_a_return_that_came_before_the_certification_is_billed_with_the_sale(shop):
    shop.agree()
    sale = shop.sell(10, end_buyer=None)
    back = shop.give_back(sale, 5, end_buyer=None)
    assert value(sale, back).lines == 0
    sale.end_buyer = shop.buyer
    sale.save()
    assert value(sale).lines == 2
    assert buckets() == (7_500, 0)
    foots()


def test_a_correction_of_what_came_back_in_part_bills_the_return_anew(shop, desk):
    """8 instead of 10, of which 4 are back: 120.00 − 60.00."""
    cap = shop.agree(cap_qty=100)
    sale = shop.sell(10)
    back = shop.give_back(sale, 4)
    value(sale, back)
    approve(claim_of(sale), by=desk)
    better = shop.correct(sale, 8)
    value(better)
    assert (claim_of(better).amount, claim_of(back).amount) == (12_000, -6_000)
    assert (used(cap), buckets()) == (0, (6_000, 0))
    foots()


def test_a_corrected_return_takes_its_part_of_the_cap_again(shop, desk):
    cap = shop.agree(cap_qty=10)
    sale = shop.sell(10)
    value(sale)
    approve(claim_of(sale), by=desk)
    back = shop.give_back(sale, 6)
    value(back)
    assert used(cap) == 4
    back.state = "corrected"
    back.save()
    less = shop.give_back(sale, 1, corrects=back, line_key=back.line_key)
    value(less)
    assert (claim_of(less).amount, used(cap), buckets()) == (-1_500, 9, (0, 13_500))
    foots()


# credits -------------------------------------------------------------------------------------------------------------


def credit(shop, by, **values):
    return issue_credit(partner_id=shop.partner.pk, currency="USD", by=by, at=NOW, **values)


def test_a_credit_memo_settles_what_was_approved(shop, desk):
    shop.agree()
    first, second, third = claimed(shop, 10), claimed(shop, 20), claimed(shop, 5)
    approve(first, second, by=desk)
    decide(Verdict.DENY, third, by=desk, code="26")
    memo = credit(shop, desk)
    assert (memo.number, memo.total) == ("CR-000001", 45_000)
    rows = LiabilityLedger.objects.filter(entry=LiabilityEntry.SETTLE)
    assert {row.credit_id for row in rows} == {memo.pk}
    assert sum(row.claimed for row in rows) == -45_000
    assert buckets() == (0, 0)
    assert Claim.objects.get().state == "credited"
    foots()


def test_numbers_have_no_gaps(shop, desk):
    shop.agree()
    with pytest.raises(NothingToCredit, match="No approved line"):
        credit(shop, desk)
    numbers = []
    for _ in range(2):
        approve(claimed(shop, 10), by=desk)
        numbers.append(credit(shop, desk).number)
    assert numbers == ["CR-000001", "CR-000002"]


def test_a_return_after_the_credit_is_recoverable_and_taken_off_the_next(shop, desk):
    shop.agree()
    sale = shop.sell(10)
    value(sale)
    approve(claim_of(sale), by=desk)
    credit(shop, desk)
    value(shop.give_back(sale, 4))
    assert buckets() == (0, -6_000)
    with pytest.raises(NothingToCredit, match=r"60\.00"):
        credit(shop, desk)
    approve(claimed(shop, 10), by=desk)
    assert credit(shop, desk).total == 9_000
    foots()


def test_what_was_credited_and_then_corrected_away_is_taken_off_the_next(shop, desk, inside):
    cap = shop.agree(cap_qty=50)
    sale = shop.sell(10)
    value(sale)
    approve(claim_of(sale), by=desk)
    credit(shop, desk)
    assert to_nobody(sale).reversed_lines == 1
    assert (used(cap), buckets()) == (0, (0, -15_000))
    foots()
    approve(claimed(shop, 20), by=desk)
    memo = credit(shop, desk)
    assert (memo.total, buckets()) == (15_000, (0, 0))
    assert [line.credit for line in paper_of(memo, inside).text.lines] == ["−150.00", "300.00"]
    foots()


def test_one_claim_can_be_credited_alone(shop, desk):
    shop.agree()
    first = claimed(shop, 10)
    shop.batch = shop.report()
    second = claimed(shop, 20)
    approve(first, second, by=desk)
    assert credit(shop, desk, claim_id=first.claim_id).total == 15_000
    assert buckets() == (0, 30_000)


def test_the_paper_says_the_code_of_every_line_that_was_not_credited_in_full(shop, desk, inside):
    shop.agree(cap_qty=15, number="SPA-5")
    cut_line, denied = claimed(shop, 20), claimed(shop, 3)
    decide(Verdict.DENY, denied, by=desk, code="12", note="twice")
    approve(cut_line, by=desk)
    memo = credit(shop, desk)
    paper = paper_of(memo, inside)
    assert [(line.approved, line.credit, line.code) for line in paper.text.lines] == [
        ("15", "225.00", "04"),
        ("0", "0.00", "12"),
    ]
    assert (paper.text.claimed_total, paper.total) == ("345.00", "225.00")
    assert [each.term for each in paper.text.codes] == ["04, line 1", "12, line 2"]
    page = memos.preview(paper)
    assert "CR-000001" in page
    assert "SPA-5 r1" in page
    memo.total += 1
    with pytest.raises(CreditDoesNotFoot):
        paper_of(memo, inside)


# many at once --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_no_interleaving_of_approvals_overspends_a_cap():
    """Six members approve eight lines of 10 each against a cap of 45: four whole, one of 5, three denied."""
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        shop, by = Shop(), make_member(Role.ADMIN)
        cap = shop.agree(cap_qty=45)
        lines = [claimed(shop, 10) for _ in range(8)]
    start = threading.Barrier(6)

    def work(number):
        start.wait()
        try:
            for line in lines if number % 2 else lines[::-1]:
                with tenant_scope(tenant.pk):
                    approve(line, by=by)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    with tenant_scope(tenant.pk):
        found = list(ClaimLine.objects.order_by("quantity"))
        assert sorted(line.consumed_qty for line in found) == [0, 0, 0, 5, 10, 10, 10, 10]
        assert used(cap) == 45
        assert buckets() == expected(found) == (0, 45 * 1_500)
