import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from exchange.x12.elements import check_elements
from exchange.x12.findings import X12Error
from exchange.x12.parties import Contact, X12Party
from exchange.x12.references import Reference
from exchange.x12.ship_order import (
    COLLECT,
    PREPAID,
    THIRD_PARTY,
    Freight940,
    Line940,
    ShipOrder940,
    read_940,
    write_940,
)
from exchange.x12.tree import parse_loops
from exchange.x12.writer import Endpoint, Envelope, OutgoingGroup, write_interchange
from tests.exchange.x12.texts import one_set, read

OUT = Envelope(Endpoint("ZZ", "US"), Endpoint("ZZ", "SITE"), 9, dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC))

ORDER = ShipOrder940(
    number="SR-1001",
    revision=2,
    po_number="PO-77",
    ship_from=X12Party("SF", "Own Warehouse", "92", "W1", address=("Dock 3",), city="Graz", country="AT"),
    ship_to=X12Party(
        "ST", "Plant Leeds", "92", "P-9", ("Goods In",), ("1 High Street", "Unit 2", "Gate C"), "Leeds", "YK",
        "LS1 1AA", "GB", (Contact("IC", "Bob", (("TE", "555-2"),)),),
    ),
    re_shipper=X12Party("IC", "Forward GmbH", city="Hamburg", country="DE"),
    freight_bill_to=X12Party("PF", "Payer Inc", address=("9 Pay Road",), city="Boston", postcode="02110", country="US"),
    freight=Freight940(
        payment=THIRD_PARTY, method="A", scac="UPSN", carrier="UPS Air", service="Express Saver", account="A1-B2-C3",
        incoterm="FCA", named_place="Graz Airport", duty_payer="receiver", duty_account="D-55",
    ),
    ship_date=dt.date(2026, 3, 5),
    delivery_date=dt.date(2026, 3, 9),
    instructions=("Labels on two sides", "Enclose the certificate"),
    lines=(
        Line940(1, "V-100", Decimal(600), "EA", "C-100", "Relay 24 V"),
        Line940(2, "V-200", Decimal("12.5"), "KG"),
    ),
)  # fmt: skip


def written(order: ShipOrder940) -> str:
    return write_interchange(OUT, [OutgoingGroup("OW", 3, (write_940(order, "0001"),))])


def read_back(order: ShipOrder940) -> ShipOrder940:
    return read_940(read(written(order)).groups[0].sets[0])


def test_every_term_has_its_place():
    assert written(ORDER).split("~\n")[3:-4] == [
        "W05*R*SR-1001*PO-77",
        "N1*SF*Own Warehouse*92*W1",
        "N3*Dock 3",
        "N4*Graz***AT",
        "N1*ST*Plant Leeds*92*P-9",
        "N2*Goods In",
        "N3*1 High Street*Unit 2",
        "N3*Gate C",
        "N4*Leeds*YK*LS1 1AA*GB",
        "PER*IC*Bob*TE*555-2",
        "N1*IC*Forward GmbH",
        "N4*Hamburg***DE",
        "N1*PF*Payer Inc",
        "N3*9 Pay Road",
        "N4*Boston**02110*US",
        "N9*12*A1-B2-C3",
        "N9*ZZ*REVISION*2",
        "N9*ZZ*INCOTERM*FCA",
        "N9*ZZ*NAMED PLACE*Graz Airport",
        "N9*ZZ*DUTY PAYER*receiver",
        "N9*ZZ*DUTY ACCOUNT*D-55",
        "N9*ZZ*CARRIER*UPS Air",
        "G62*10*20260305",
        "G62*02*20260309",
        "NTE*WHI*Labels on two sides",
        "NTE*WHI*Enclose the certificate",
        "W66*TP*A***Express Saver*****UPSN",
        "LX*1",
        "W01*600*EA**VP*V-100*BP*C-100",
        "G69*Relay 24 V",
        "LX*2",
        "W01*12.5*KG**VP*V-200",
    ]  # fmt: skip


def test_what_is_written_reads_back_the_same():
    assert read_back(ORDER) == ORDER
    bare = replace(
        ORDER, revision=1, re_shipper=None, freight_bill_to=None, ship_date=None, delivery_date=None, instructions=(),
        freight=Freight940(PREPAID, "M"),
    )  # fmt: skip
    assert read_back(bare) == bare


def test_what_is_written_stands_before_the_table_and_the_element_checks():
    transaction = read(written(ORDER)).groups[0].sets[0]
    tree = parse_loops(transaction)
    assert tree.findings == ()
    assert check_elements(transaction.segments) == ()


@pytest.mark.parametrize(
    ("revision", "cancelled", "status"), [(1, False, "N"), (2, False, "R"), (1, True, "F"), (3, True, "F")]
)
def test_status_says_original_change_or_cancellation(revision: int, cancelled: bool, status: str):
    order = replace(ORDER, revision=revision, is_cancelled=cancelled)
    assert f"W05*{status}*SR-1001" in written(order)
    assert read_back(order) == order


def test_a_total_is_written_only_of_one_unit():
    assert "W76" not in written(ORDER)
    lines = (Line940(1, "A", Decimal(600), "EA"), Line940(2, "B", Decimal(12), "EA"))
    assert "LX*2~\nW01*12*EA**VP*B~\nW76*612~\n" in written(replace(ORDER, lines=lines))


def test_payer_of_freight_and_payer_of_duty_stay_apart():
    order = replace(ORDER, freight=Freight940(COLLECT, "U", account="C-1", duty_payer="shipper", duty_account="S-1"))
    freight = read_back(order).freight
    assert (freight.payment, freight.account) == ("CC", "C-1")
    assert (freight.duty_payer, freight.duty_account) == ("shipper", "S-1")


def test_long_instructions_are_split_between_words():
    long = " ".join(["handle"] * 20)
    notes = read_back(replace(ORDER, instructions=(long,))).instructions
    assert [len(note) for note in notes] == [76, 62]
    assert " ".join(notes) == long


def test_what_a_940_cannot_carry_is_refused():
    with pytest.raises(X12Error, match="role SF"):
        written(replace(ORDER, ship_from=X12Party("ST", "Wrong role")))
    with pytest.raises(X12Error, match="no references"):
        written(replace(ORDER, ship_to=replace(ORDER.ship_to, references=(Reference("VX", "1"),))))
    with pytest.raises(X12Error, match="N903"):
        written(replace(ORDER, freight=replace(ORDER.freight, named_place="x" * 46)))


def test_only_a_complete_940_is_read():
    for segments in (("W05*N*1",), ("W05*N*1", "N1*SF*A", "N1*ST*B", "LX*1")):
        with pytest.raises(X12Error) as caught:
            read_940(one_set("940", *segments))
        assert caught.value.code == "incomplete"
    with pytest.raises(X12Error):
        read_940(one_set("945", "W06*N*1"))
