"""X12 850 purchase orders into orders: whose they are, what they name, and what waits."""

import pytest

from catalog.models import PartNumber, UnitFactor
from exchange.actions.accept_batch import accept_batch
from exchange.actions.check_batch import check_batch
from exchange.batches.missing import creators, missing_things
from exchange.choices import BatchState
from exchange.models import ImportRow, Interchange, TradingPartner
from jobs.files import open_file
from orders.choices import OrderSource
from orders.models import Order, OrderLine, Schedule
from parties.models import Location, Party
from tests.exchange.files import codes, counts, take
from tests.factories.catalog import make_product
from tests.factories.parties import make_sell_to
from tests.factories.pricing import make_price_list
from tests.fixtures import NOW

BLANK = " " * 10
ISA = (
    f"ISA*00*{BLANK}*00*{BLANK}*01*123456789      *01*987654321      *261120*0850*U*00400*"
    "000000{control}*0*{usage}*>"
)


def edi(*segments, control="001", usage="P", count=None):
    """An interchange with one 850 of these segments, its counts right unless `count` says otherwise."""
    body = ["ST*850*0001", *segments]
    lines = [
        ISA.format(control=control, usage=usage),
        "GS*PO*NORTHAPP*US*20261120*0850*1*X*004010",
        *body,
        f"SE*{count or len(body) + 1}*0001",
        "GE*1*1",
        f"IEA*1*000000{control}",
    ]
    return "".join(f"{line}~\n" for line in lines)


PO = (
    "BEG*00*SA*PO-77**20261120",
    "CUR*BY*USD",
    "N1*BY*Northgate*92*NORTH",
    "N1*ST**92*MAIN",
    "PO1*1*1000*EA*1.2**BP*N-1",
    "DTM*002*20270114",
    "CTT*1",
)


def changed(**by_start):
    """PO with the segments that begin so replaced; None takes one out."""
    found = []
    for segment in PO:
        new = next((value for start, value in by_start.items() if segment.startswith(start.replace("_", "*"))), segment)
        found += [] if new is None else [new]
    return found


@pytest.fixture
def north(world):
    PartNumber.objects.create(product=world.product, party=world.sell_to, number="N-1")
    return world


def test_an_850_becomes_an_order_with_what_it_said(north):
    batch = take("orders", edi(*PO))
    assert (counts(batch), codes(batch)) == ((1, 0, 0, 0), [])
    order, line = Order.objects.get(), OrderLine.objects.get()
    assert (order.source, order.customer_po, order.sell_to_id) == (OrderSource.X12, "PO-77", north.sell_to.pk)
    assert (line.product_id, line.quantity, line.ship_to_id) == (north.product.pk, 1000, north.ship_to.pk)
    assert (line.customer_part, str(line.customer_price), line.status) == ("N-1", "1.200000", "booked")
    assert str(Schedule.objects.get().request_date) == "2027-01-14"


def test_the_trading_partner_gives_the_sell_to_where_the_order_names_none(north):
    content = edi(*changed(N1_BY=None))
    batch = take("orders", content)
    assert codes(batch) == [(7, "sell_to", "unknown_sender")]
    TradingPartner.objects.create(name="North", qualifier="01", identity="123456789", party_id=north.sell_to.pk)
    check_batch(batch_id=batch.pk, by=None, at=NOW)
    assert counts(accept_batch(batch_id=batch.pk, accept_warnings=False, by=None, at=NOW)) == (1, 0, 0, 0)
    assert Order.objects.get().sell_to_id == north.sell_to.pk


def test_a_profile_for_the_application_goes_before_one_for_any(north):
    other = make_sell_to("SOUTH")
    make_price_list(north.product, "1.20", party=other)
    PartNumber.objects.create(product=north.product, party=other, number="N-1")
    identity = {"qualifier": "01", "identity": "123456789"}
    TradingPartner.objects.create(name="Any", party_id=north.sell_to.pk, **identity)
    TradingPartner.objects.create(name="App", application="NORTHAPP", party_id=other.pk, **identity)
    take("orders", edi(*changed(N1_BY=None)))
    assert Order.objects.get().sell_to_id == other.pk


def test_a_named_partner_stands_in_for_a_missing_profile(north):
    take("orders", edi(*changed(N1_BY=None)), party_id=north.sell_to.pk, partner_code="NORTH")
    assert Order.objects.get().sell_to_id == north.sell_to.pk


def test_the_same_interchange_again_is_recognised_in_another_file_too(north):
    take("orders", edi(*PO))
    OrderLine.objects.update(quantity=5)
    assert counts(take("orders", edi(*PO))) == (0, 0, 1, 0)
    assert counts(take("orders", edi(*PO).replace("~\n", "~\r\n"))) == (0, 0, 1, 0)
    assert (Order.objects.count(), Interchange.objects.count()) == (1, 3)


def test_a_control_number_with_other_content_is_quarantined(north):
    take("orders", edi(*PO))
    batch = take("orders", edi(*changed(BEG="BEG*00*SA*PO-78**20261120")))
    assert batch.state == BatchState.QUARANTINED
    assert "came before with other content" in batch.message
    assert Order.objects.count() == 1


def test_wrong_counts_wait_for_an_accept(north):
    content = edi(*changed(CTT="CTT*3"), count=99)
    batch = take("orders", content)
    assert (batch.state, counts(batch)) == (BatchState.QUARANTINED, (0, 0, 0, 0))
    assert "CTT01 says 3 lines, there are 1" in batch.message
    assert counts(take("orders", content, accept_warnings=True)) == (1, 0, 0, 0)


def test_a_test_interchange_waits_unless_its_sender_may_test(north):
    assert "marked as a test" in take("orders", edi(*PO, usage="T")).message
    TradingPartner.objects.create(name="North", qualifier="01", identity="123456789", test_allowed=True)
    assert counts(take("orders", edi(*PO, usage="T", control="002"))) == (1, 0, 0, 0)


def test_a_replacement_of_an_unknown_po_is_a_new_order_with_a_warning(north):
    content = edi(*changed(BEG="BEG*05*SA*PO-77**20261120"))
    batch = take("orders", content)
    assert (counts(batch), codes(batch)) == ((0, 0, 0, 1), [(8, "customer_po", "replaces_unknown")])
    assert counts(take("orders", content, accept_warnings=True)) == (1, 0, 0, 0)
    again = take("orders", edi(*changed(BEG="BEG*05*SA*PO-77**20261120", PO1="PO1*9*1*EA*1.2**BP*N-1"), control="3"))
    assert [code for _, _, code in codes(again)] == ["replaces_known"]


def test_cancellations_and_changes_are_not_taken_for_orders(north):
    batch = take("orders", edi(*changed(BEG="BEG*01*SA*PO-77**20261120")))
    assert [code for _, _, code in codes(batch)] == ["unsupported_purpose"]


def test_units_are_turned_by_known_factors_or_refused(north):
    content = edi(*changed(PO1="PO1*1*2*BX*60**BP*N-1"))
    assert [code for _, _, code in codes(take("orders", content))] == ["unknown_unit"]
    UnitFactor.objects.create(unit="BX", base_unit="EA", factor=50)
    take("orders", content)
    line = OrderLine.objects.get()
    assert (line.quantity, str(line.customer_price)) == (100, "1.200000")


def test_a_partners_own_units_are_mapped_to_ours(north):
    content = edi(*changed(PO1="PO1*1*100*PC*1.2**BP*N-1"))
    identity = {"qualifier": "01", "identity": "123456789"}
    TradingPartner.objects.create(name="North", unit_map={"PC": "EA"}, **identity)
    assert counts(take("orders", content)) == (1, 0, 0, 0)


def test_several_schedules_stay_several(north):
    parts = "SCH*400*EA***002*20270114", "SCH*600*EA***002*20270214"
    take("orders", edi(*changed(DTM=None, CTT=None), *parts, "CTT*1"))
    found = Schedule.objects.order_by("number").values_list("quantity", "request_date")
    assert [(quantity, str(day)) for quantity, day in found] == [(400, "2027-01-14"), (600, "2027-02-14")]


def test_an_error_file_of_an_edi_order_goes_in_as_a_table(north):
    PartNumber.objects.all().delete()
    batch = take("orders", edi(*PO))
    assert batch.error_file.name == "orders.errors.csv"
    PartNumber.objects.create(product=north.product, party=north.sell_to, number="N-1")
    with open_file(batch.error_file) as file:
        assert counts(take("orders", file.read())) == (1, 0, 0, 0)


def test_edi_that_cannot_be_read_says_why(north):
    for content, problem in ((edi(*PO)[:300], "truncated"), ("ISA*nothing", "")):
        batch = take("orders", content)
        assert batch.state == BatchState.FAILED
        assert problem in batch.mapping["problem"]


@pytest.mark.x12_samples
def test_the_sample_of_glass_comes_in(inside, sample):
    """No N1*BY, BEG01 05, dates of 2010, buyer part numbers, a ship-to that is only a code."""
    buyer = make_sell_to("MOTORS")
    TradingPartner.objects.create(name="Motors", qualifier="01", identity="828513080", party_id=buyer.pk)
    batch = take("orders", sample("850_po_glass"))
    parts = ["0459001004", "0650002027", "0670104514", "0684202074"]
    found = {(thing.what, thing.text) for thing in missing_things(batch)}
    assert found == {("location", "W_341001"), *(("product", part) for part in parts)}
    settle(batch, family="MRO")
    checked = check_batch(batch_id=batch.pk, by=None, at=NOW)
    found = {code for _, _, code in codes(checked)}
    assert (checked.state, found) == (BatchState.WAITING, {"old_date", "replaces_unknown"})
    taken = accept_batch(batch_id=batch.pk, accept_warnings=True, by=None, at=NOW)
    assert counts(taken) == (4, 0, 0, 0)
    order = Order.objects.get()
    assert (order.customer_po, str(order.order_date), order.sell_to_id) == ("S41000439", "2010-08-10", buyer.pk)
    lines = list(order.lines.order_by("line_no").values_list("customer_part", "quantity", "customer_price"))
    assert [(part, quantity, str(price)) for part, quantity, price in lines] == [
        ("0459001004", 5, "5.090000"),
        ("0650002027", 12, "63.110000"),
        ("0670104514", 2, "8.020000"),
        ("0684202074", 1, "85.250000"),
    ]
    place = Location.objects.get(code="W_341001")
    assert (place.city, place.region, place.postcode, place.country) == ("BEREA", "KY", "40403", "US")
    assert set(order.lines.values_list("ship_to_id", flat=True)) == {place.pk}
    assert counts(take("orders", sample("850_po_glass"))) == (0, 0, 4, 0)


def settle(batch, **facts):
    """Create all that is unknown from the list, as the page does, until the list is empty."""
    for _ in range(3):
        for thing in missing_things(batch):
            creator = creators()[thing.what]
            given = {**creator.propose(thing), **facts}
            given["country"] = given.get("country") or "US"
            fields = creator.form_class.base_fields
            form = creator.form_class({name: given.get(name, "") for name in fields})
            assert form.is_valid(), (thing, form.errors)
            creator.create(thing, form.cleaned_data, None, NOW)
        check_batch(batch_id=batch.pk, by=None, at=NOW)


@pytest.mark.x12_samples
def test_the_sample_of_licences_comes_in_and_its_parties_become_what_they_are(inside, sample):
    batch = take("orders", sample("850_po_licence"))
    settle(batch, family="LICENCES")
    taken = accept_batch(batch_id=batch.pk, accept_warnings=True, by=None, at=NOW)
    assert counts(taken) == (1, 0, 0, 0), codes(taken)
    order, line = Order.objects.get(), OrderLine.objects.get()
    assert (order.customer_po, order.sell_to.name, order.bill_to.name) == ("TLP-X12", "SOLD TO", "BILL TO")
    assert (line.end_buyer.name, line.ship_to.name, line.ship_to.party.name) == ("END USER", "SHIP TO", "SHIP TO")
    assert line.reported_end_buyer.startswith("END USER, EndUser NameII, 123 MAIN STREET, CEDAR RAPIDS IA")
    reported = line.reported_ship_to.splitlines()
    assert [text.split(",")[0] for text in reported] == ["SHIP TO", "Reseller: RESELLER", "Deploy to: DEPLOY TO"]
    roles = {party.name: {fact.role for fact in party.role_facts.all()} for party in Party.objects.all()}
    assert roles == {
        "SOLD TO": {"sell_to"},
        "BILL TO": {"sell_to"},
        "END USER": {"end_buyer"},
        "SHIP TO": {"ship_to"},
    }
    assert (line.quantity, str(line.customer_price)) == (1, "665.000000")


@pytest.mark.x12_samples
def test_every_sample_that_is_no_order_says_so(inside, sample):
    for name in ("810_invoice", "856_asn", "867_resale_two"):
        batch = take("orders", sample(name))
        assert (batch.state, batch.mapping["problem"]) == (BatchState.FAILED, "no_orders")
    assert ImportRow.objects.count() == 0


def numbered(beg, **by_start):
    return [beg, *changed(**by_start)[1:]]


BLANKET = numbered("BEG*00*BK*BL-9**20261120", PO1="PO1*1*1000*EA*1.2**BP*N-1")


def call_off(number, quantity, beg="BEG*00*RL*BL-9*{number}*20261121", part="N-1"):
    return numbered(beg.format(number=number), PO1=f"PO1*1*{quantity}*EA*1.2**BP*{part}")


def test_a_blanket_order_comes_in_as_one(north):
    assert counts(take("orders", edi(*BLANKET))) == (1, 0, 0, 0)
    order = Order.objects.get()
    assert (order.order_type, order.customer_po, order.status) == ("blanket", "BL-9", "booked")


def test_a_release_takes_from_the_blanket_it_names(north):
    take("orders", edi(*BLANKET))
    batch = take("orders", edi(*call_off("1", 400), control="002"))
    assert (counts(batch), codes(batch)) == ((1, 0, 0, 0), [])
    blanket, order = Order.objects.order_by("pk")
    assert (order.customer_po, order.blanket_id, order.source) == ("BL-9/1", blanket.pk, OrderSource.X12)
    line = order.lines.get()
    assert (line.blanket_line_id, line.blanket_qty, line.ship_to_id) == (blanket.lines.get().pk, 400, north.ship_to.pk)
    assert (str(line.booked_date), blanket.schedules.get().released_qty) == ("2026-11-21", 400)
    assert not order.holds.exists()


def test_a_release_that_comes_again_changes_nothing(north):
    take("orders", edi(*BLANKET))
    take("orders", edi(*call_off("1", 400), control="002"))
    assert counts(take("orders", edi(*call_off("1", 400), control="003"))) == (0, 0, 1, 0)
    assert Order.objects.get(customer_po="BL-9").schedules.get().released_qty == 400


def test_a_blanket_may_be_named_as_the_contract(north):
    take("orders", edi(*BLANKET))
    beg = "BEG*00*RL*REL-{number}**20261121*BL-9"
    assert counts(take("orders", edi(*call_off("5", 100, beg), control="002"))) == (1, 0, 0, 0)
    assert Order.objects.get(customer_po="REL-5").blanket.customer_po == "BL-9"


def test_releases_that_do_not_fit_are_refused_at_their_field(north):
    take("orders", edi(*BLANKET))
    make_price_list(make_product("AUR-7"), "1", party=None, kind="base")
    wrong = {
        "002": (call_off("1", 1001), ("quantity", "over_blanket")),
        "003": (call_off("1", 10, part="AUR-7"), ("sku", "not_on_blanket")),
        "004": (call_off("1", 10, "BEG*00*RL*OTHER*{number}*20261121"), ("customer_po", "unknown_blanket")),
        "005": (call_off("1", 10, "BEG*00*RL*BL-9**20261121"), ("customer_po", "unknown_blanket")),
        "006": (call_off("1", 10, "BEG*00*RL*BL-9*{number}*20261119"), ("customer_po", "blanket_closed")),
    }
    for control, (segments, problem) in wrong.items():
        batch = take("orders", edi(*segments, control=control))
        assert [(field, code) for _row, field, code in codes(batch)] == [problem], control
    assert Order.objects.count() == 1


def test_a_known_release_takes_no_further_lines(north):
    take("orders", edi(*BLANKET))
    take("orders", edi(*call_off("1", 400), control="002"))
    more = [segment.replace("PO1*1*", "PO1*2*") for segment in call_off("1", 100)]
    assert [code for *_, code in codes(take("orders", edi(*more, control="003")))] == ["adds_to_release"]
