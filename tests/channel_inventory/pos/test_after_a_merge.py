"""What a partner reports again that another one, merged into it since, has reported before."""

import pytest

from channel_inventory.models import ClaimLine, PosLine, StockLedger
from exchange.models import ImportRow
from metrics.verification import verify_tenant
from parties.actions.merge_party import merge_party
from tests.channel_inventory.pos.reports import report, sheet
from tests.exchange.files import codes, counts, take
from tests.factories.catalog import make_product
from tests.factories.parties import make_sell_to
from tests.fixtures import NOW


@pytest.fixture
def survivor(world):
    """Northgate reported INV-1/1, and 100 twice on INV-2 without a line; then it was merged into this one."""
    untold = {"invoice_number": "INV-2", "invoice_line": ""}
    assert counts(report(world, {}, untold, untold)) == (3, 0, 0, 0)
    survivor = make_sell_to("NEW")
    merge_party(loser_id=world.sell_to.pk, survivor_id=survivor.pk, by=None, at=NOW)
    return survivor


def again(survivor, *lines):
    return take("pos", sheet(*lines), party_id=survivor.pk)


def written():
    return PosLine.objects.count(), StockLedger.objects.count(), ClaimLine.objects.count()


def assert_foots():
    assert [each for each in verify_tenant() if not each.ok] == []


def test_what_was_reported_under_the_old_name_is_known_word_for_word(survivor):
    before, untold = written(), {"invoice_number": "INV-2", "invoice_line": ""}
    batch = again(survivor, {}, untold, untold)
    assert (counts(batch), codes(batch)) == ((0, 0, 3, 0), [])
    assert written() == before
    assert_foots()


def test_a_third_sale_that_the_invoice_does_not_tell_apart_is_new(survivor):
    untold = {"invoice_number": "INV-2", "invoice_line": ""}
    assert counts(again(survivor, untold, untold, untold)) == (1, 0, 2, 0)
    assert_foots()


def test_the_same_invoice_and_part_with_another_content_waits_for_a_person(survivor):
    batch = again(survivor, {"quantity": "80"}, {"invoice_line": "2"})
    assert codes(batch) == [(2, "invoice_number", "duplicate")]
    assert counts(batch)[0] == 1
    message = ImportRow.objects.get(batch=batch, number=2).findings[0]["message"]
    assert message.startswith("A partner that was merged into this one reported this invoice, line and part before")


def test_two_firms_that_number_alike_sell_other_parts(survivor):
    make_product("AUR-9")
    batch = again(survivor, {"sku": "AUR-9"})
    assert (counts(batch), codes(batch)) == ((1, 0, 0, 0), [])


def test_a_return_of_a_sale_under_the_old_name_says_why_it_is_not_taken(survivor):
    batch = again(survivor, {"quantity": "-10"}, {"quantity": "-10", "invoice_number": "INV-9"})
    assert codes(batch) == [(2, "quantity", "return_without_original"), (3, "quantity", "return_without_original")]
    first, second = (row.findings[0]["message"] for row in ImportRow.objects.filter(batch=batch).order_by("number"))
    assert "merged into this one" in first
    assert "no sale of this part on invoice INV-9" in second
