"""X12 867 resale reports: the sample, and what is particular to them."""

from decimal import Decimal

import pytest

from catalog.models import UnitFactor
from channel_inventory.models import PosLine, ReportedEndBuyer
from channel_inventory.pos.texts import UNNAMED
from exchange.choices import BatchState
from exchange.models import TradingPartner
from tests.exchange.files import codes, counts, take
from tests.exchange.x12.texts import envelope
from tests.factories.catalog import make_product
from tests.factories.parties import make_sell_to

DEALER = "N1*DB*Northgate*92*NORTH"
BUYER = ("N1*ST*Halden Rail*92*H-7", "N3*1 Rail St", "N4*Reno*NV*89501")
SALE = (
    "PTD*SS***VC*SPA-B", *BUYER, "REF*PO*PO-6", "QTY*32*15*BX", "LIN**MG*AUR-1", "UIT*BX*60*CT", "UIT*BX*64*CA",
    "AMT*S*4*C", "REF*DI*D-1", "DTM*003*20261116",
)  # fmt: skip
ADJUSTMENT = (
    "PTD*PA***VC*SPA-B", *BUYER, "QTY*32*1*BX", "LIN**MG*AUR-1", "UIT*BX*60*CT", "AMT*S*4*D", "REF*DI*D-1",
    "DTM*003*20261117",
)  # fmt: skip


def edi(*segments):
    return envelope(("867", ("BPT*00*R-1*20261120*SS", *segments)), group="PT")


@pytest.fixture
def boxed(world):
    UnitFactor.objects.create(unit="BX", base_unit="EA", factor=50)
    return world


def test_an_867_comes_in_with_prices_units_and_claims(boxed):
    batch = take("pos", edi(DEALER, *SALE, "CTT*1", "AMT*S*60*C"))
    assert (counts(batch), codes(batch)) == ((1, 0, 0, 0), [])
    line = PosLine.objects.get()
    assert (line.partner_id, line.invoice_number, str(line.invoice_date)) == (boxed.sell_to.pk, "D-1", "2026-11-16")
    assert (line.quantity, line.resale_price, line.reported_quantity) == (750, Decimal("1.2"), 15)
    assert (line.cited_agreement, line.customer_po, line.claimed_amount) == ("SPA-B", "PO-6", 6000)
    text = ReportedEndBuyer.objects.get()
    assert (text.name, text.code, text.address, text.city, text.country) == (
        "Halden Rail", "H-7", "1 Rail St", "Reno", "US",
    )  # fmt: skip


def test_an_adjustment_in_debit_takes_back_its_sale(boxed):
    batch = take("pos", edi(DEALER, *SALE, *ADJUSTMENT, "CTT*2", "AMT*S*56*C"))
    assert (counts(batch), codes(batch)) == ((2, 0, 0, 0), [])
    sale, back = PosLine.objects.order_by("pk")
    assert (back.quantity, back.claimed_amount, back.returns_id) == (-50, -400, sale.pk)


def test_a_trailer_that_does_not_add_up_holds_the_file(boxed):
    batch = take("pos", edi(DEALER, *SALE, "CTT*1", "AMT*S*59.99*C"))
    assert (batch.state, batch.accepted_count) == (BatchState.QUARANTINED, 0)
    assert "The trailer claims 59.99, the lines add up to 60.00" in batch.message
    taken = take("pos", edi(DEALER, *SALE, "CTT*1", "AMT*S*59.99*C"), accept_warnings=True)
    assert taken.accepted_count == 1


def test_a_line_count_that_is_wrong_holds_the_file(boxed):
    batch = take("pos", edi(DEALER, *SALE, "CTT*2"))
    assert batch.state == BatchState.QUARANTINED
    assert "CTT01 says 2 lines, there are 1" in batch.message


def test_the_senders_own_word_for_a_unit_and_its_identity_come_from_its_profile(boxed):
    known = {"name": "North", "qualifier": "01", "identity": "SENDER", "unit_map": {"BX": "EA"}}
    TradingPartner.objects.create(party_id=boxed.sell_to.pk, currency="EUR", **known)
    batch = take("pos", edi(*SALE))
    assert (counts(batch), codes(batch)) == ((1, 0, 0, 0), [])
    line = PosLine.objects.get()
    assert (line.partner_id, line.quantity, line.currency) == (boxed.sell_to.pk, 15, "EUR")


def test_a_report_of_nobody_we_know_is_refused(boxed):
    assert [found[1:] for found in codes(take("pos", edi(*SALE)))] == [("partner", "missing")]


def test_the_same_interchange_again_changes_nothing(boxed):
    content = edi(DEALER, *SALE, *ADJUSTMENT)
    take("pos", content)
    assert counts(take("pos", content)) == (0, 0, 2, 0)


def test_lines_that_name_no_end_buyer_are_texts_of_their_own(boxed):
    bare = tuple(segment for segment in SALE if segment not in BUYER)
    other = tuple(segment.replace("D-1", "D-2") for segment in bare)
    take("pos", edi(DEALER, *bare, *other))
    texts = ReportedEndBuyer.objects.all()
    assert [(text.name, text.normalised_name) for text in texts] == [(UNNAMED, "")] * 2


def test_what_is_no_867_is_said(world):
    batch = take("pos", envelope(("850", ("BEG*00*SA*PO-1**20261120",))))
    assert (batch.state, batch.message) == (BatchState.FAILED, "The file holds no 867 resale report with lines.")


def test_an_867_that_is_cut_off_is_not_read(boxed):
    batch = take("pos", edi(DEALER, *SALE)[:-60])
    assert batch.state == BatchState.FAILED


@pytest.mark.x12_samples
def test_the_sample_comes_in_for_real(inside, sample):
    partner = make_sell_to("HCDIST")
    drape, wipe, kit = (make_product(sku) for sku in ("1000", "45-766", "786012"))
    content = sample("867_resale_three_lines")
    refused = take("pos", content, party_id=partner.pk, accept_warnings=True)
    assert [code for _, field, code in codes(refused) if field == "unit"] == ["unknown_unit"] * 3
    UnitFactor.objects.create(unit="BX", base_unit="EA", factor=10)
    UnitFactor.objects.create(unit="CA", base_unit="EA", factor=4)
    waiting = take("pos", content, party_id=partner.pk)
    assert (waiting.state, waiting.accepted_count) == (BatchState.QUARANTINED, 0)
    assert waiting.message == "Interchange 000000002 is marked as a test."
    batch = take("pos", content, party_id=partner.pk, accept_warnings=True)
    assert counts(batch) == (3, 0, 0, 0)
    first, second, third = PosLine.objects.order_by("pk")
    # 15 boxes of 10 at 18.25 the box, 4 boxes at 32.40, one case of 4 at 81.34 taken back
    assert [(x.product_id, x.quantity, str(x.resale_price)) for x in (first, second, third)] == [
        (drape.pk, 150, "1.825000"), (wipe.pk, 40, "3.240000"), (kit.pk, -4, "20.335000"),
    ]  # fmt: skip
    assert [line.invoice_number for line in (first, second, third)] == ["DIN99234", "DIN765344", "DIN546234-D"]
    assert [line.cited_agreement for line in (first, second, third)] == ["CT67895", "", "CT77612"]
    # (22.25 - 18.25) x 15 in credit, 98.25 - 81.34 in debit: 60.00 - 16.91 = 43.09
    assert [line.claimed_amount for line in (first, second, third)] == [6000, None, -1691]
    assert sum(line.claimed_amount or 0 for line in (first, second, third)) == 4309
    assert second.reported_end_buyer.name == UNNAMED
    assert second.end_buyer_id is None
    assert counts(take("pos", content, party_id=partner.pk, accept_warnings=True)) == (0, 0, 3, 0)
