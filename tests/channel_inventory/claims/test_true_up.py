"""What was approved at book for want of a layer, once goods that cost something else have filled it."""

import pytest
from django.urls import reverse

from channel_inventory.actions.catch_up_sell_in import catch_up_sell_in
from channel_inventory.actions.decide_lines import Decision, decide_lines
from channel_inventory.actions.issue_credit import NothingToCredit, issue_credit
from channel_inventory.choices import Verdict
from channel_inventory.claiming.receipts import receipt_of
from channel_inventory.engine.claims import replay
from channel_inventory.models import ClaimLine
from metrics.verification import verify_tenant
from tests.channel_inventory.claims.shop import Shop, buckets, claimed, value
from tests.factories.channel_stock import invoice_to
from tests.fixtures import NOW

BOOK = "120"


@pytest.fixture
def shop(inside):
    shop = Shop()
    shop.agree("105", cap_qty=100)
    return shop


def short_sale(shop, desk, verdict=Verdict.APPROVE, units=10):
    """Sold beyond what we knew of, claimed from book (units × 15) and decided."""
    sale = shop.line(units)
    shop.short(sale, units, BOOK)
    value(sale)
    line = ClaimLine.objects.get(pos_line=sale)
    assert line.amount == units * 15_00
    if verdict:
        decide_lines(seen={line.pk: line.version}, decision=Decision(verdict, "15", "seen"), by=desk, at=NOW)
    return sale


def arrive(shop, units, price):
    invoice_to(shop.partner, shop.product, units, price)
    catch_up_sell_in(at=NOW)


def amounts(sale):
    return list(ClaimLine.objects.filter(pos_line=sale).order_by("pk").values_list("state", "amount", "quantity"))


def assert_foots():
    failed = [each for each in verify_tenant() if each.name.startswith("liability") and not each.ok]
    assert failed == []
    live = ClaimLine.objects.exclude(state="reversed")
    assert all(replay(line.receipt) == line.amount for line in live)


def test_goods_that_cost_less_than_book_take_back_what_was_too_much(shop, desk):
    """10 × (120 − 105) were approved, 10 × (110 − 105) is right."""
    sale = short_sale(shop, desk)
    arrive(shop, 10, "110")
    assert amounts(sale) == [("approved", 150_00, 10), ("approved", -100_00, 0)]
    assert buckets() == (0, 50_00)
    assert_foots()
    line = ClaimLine.objects.get(pos_line=sale, amount__lt=0)
    told = receipt_of(line)
    assert told.is_same
    assert told.steps[-1] == "Open was 150.00: × 50.00 ÷ 150.00 stays, −100.00 is taken back."
    catch_up_sell_in(at=NOW)
    assert len(amounts(sale)) == 2


def test_it_is_filled_in_parts_and_by_goods_that_cost_no_more_than_was_agreed(shop, desk):
    """4 × 5 + 6 × 15 = 110.00, then 4 × 5 + 6 × 0 = 20.00."""
    sale = short_sale(shop, desk)
    arrive(shop, 4, "110")
    assert buckets() == (0, 110_00)
    arrive(shop, 6, "100")
    assert [amount for _, amount, _ in amounts(sale)] == [150_00, -40_00, -90_00]
    assert buckets() == (0, 20_00)
    assert_foots()


def test_what_would_be_more_stands_and_so_does_what_was_denied(shop, desk):
    dearer = short_sale(shop, desk)
    arrive(shop, 10, "130")
    denied = short_sale(shop, desk, Verdict.DENY)
    arrive(shop, 10, "110")
    assert [amounts(sale) for sale in (dearer, denied)] == [[("approved", 150_00, 10)], [("denied", 150_00, 10)]]
    assert_foots()


def test_what_waits_is_valued_anew_instead(shop, desk):
    sale = short_sale(shop, desk, verdict="")
    arrive(shop, 10, "110")
    assert amounts(sale) == [("reversed", 150_00, 10), ("pending", 50_00, 10)]
    assert buckets() == (50_00, 0)


def test_what_was_credited_already_is_taken_off_the_next_memo(shop, desk):
    sale = short_sale(shop, desk)
    issue_credit(partner_id=shop.partner.pk, currency="USD", by=desk, at=NOW)
    arrive(shop, 10, "110")
    assert buckets() == (0, -100_00)
    with pytest.raises(NothingToCredit):
        issue_credit(partner_id=shop.partner.pk, currency="USD", by=desk, at=NOW)
    line = claimed(shop.partner)
    decide_lines(seen={line.pk: line.version}, decision=Decision(Verdict.APPROVE), by=desk, at=NOW)
    again = short_sale(shop, desk)
    memo = issue_credit(partner_id=shop.partner.pk, currency="USD", by=desk, at=NOW)
    assert memo.total == line.amount + 150_00 - 100_00
    assert "trued up to what filled it" in str(memo.frozen)
    assert_foots()
    assert amounts(sale)[1][1] + amounts(again)[0][1] == 50_00


def test_returns_and_corrections_go_on_from_what_is_left(shop, desk):
    sale = short_sale(shop, desk)
    value(shop.give_back(sale, 5))
    assert buckets() == (0, 75_00)
    arrive(shop, 10, "110")
    # half of it came back before: half of 100 is too much
    assert buckets() == (0, 25_00)
    value(shop.give_back(sale, 3))
    assert buckets() == (0, 10_00)
    assert_foots()
    value(shop.correct(sale, 8))
    assert set(ClaimLine.objects.filter(pos_line=sale).values_list("state", flat=True)) == {"reversed"}
    assert_foots()


def test_the_page_of_a_claim_tells_it(shop, desk, client):
    sale = short_sale(shop, desk)
    arrive(shop, 10, "110")
    line = ClaimLine.objects.get(pos_line=sale, amount__lt=0)
    client.force_login(desk.user)
    page = client.get(f"{reverse('channel_inventory:claim_detail', args=['aurora', line.claim_id])}?line={line.pk}")
    for words in ("Trued up", "−100.00", "goods that cost less"):
        assert words in page.content.decode(), words
