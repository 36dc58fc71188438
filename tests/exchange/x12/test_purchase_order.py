import datetime as dt
from decimal import Decimal

import pytest

from exchange.x12.findings import Severity, X12Error
from exchange.x12.order_values import Carrier850, Freight850, PurchaseOrder850, Totals850
from exchange.x12.parties import Contact, X12Party
from exchange.x12.purchase_order import read_850
from exchange.x12.references import QualifiedDate, Reference
from tests.exchange.x12.texts import ORDER, codes, one_set

FULL = (
    "BEG*00*BE*PO-77*R3*20260301*CONTRACT9",
    "CUR*BY*EUR",
    "REF*CT*C-1*frame",
    "PER*BD*Ann Buyer*TE*555-1*EM*ann@example.test",
    "FOB*CC*OR*Munich*01*FCA**Munich",
    "DTM*002*20260401",
    "DTM*010*20260325",
    "TD5**2*UPSN*U*Express",
    "N9*ZZ*NOTE*general",
    "MSG*Deliver on weekdays",
    "N1*BY*Buyer Ltd*91*B-1",
    "N2*Purchasing*Second floor",
    "N3*1 High Street*Unit 2",
    "N3*Gate C",
    "N4*Leeds*YK*LS1 1AA*GB",
    "REF*VX*GB1",
    "PER*IC*Bob*FX*555-2",
    "N1*ST*Plant*92*P-9",
    "PO1*10*1500*EA*2.5*HP*BP*C-100*VP*V-100",
    "CUR*BY*USD",
    "PID*F****Relay",
    "REF*AH*AGR-5",
    "DTM*002*20260410",
    "MSG*no substitutes",
    "SCH*1000*EA***002*20260410",
    "SCH*500*EA***002*20260510**010*20260501",
    "N9*L1*X",
    "MSG*fragile",
    "N1*EN*End Buyer*92*E-1",
    "N4*Graz***AT",
    "PO1*20*3*BX**PE*MG*M-7",
    "CTT*2*1503",
    "AMT*TT*37.5",
)


@pytest.fixture(scope="module")
def order() -> PurchaseOrder850:
    return read_850(one_set("850", *FULL))


def test_the_head_says_numbers_dates_currency_and_contacts(order: PurchaseOrder850):
    assert (order.purpose, order.type, order.po_number, order.release_number) == ("00", "BE", "PO-77", "R3")
    assert (order.po_date, order.contract_number) == (dt.date(2026, 3, 1), "CONTRACT9")
    assert (order.currency, order.currency_entity) == ("EUR", "BY")
    assert order.references == (Reference("CT", "C-1", "frame"), Reference("ZZ", "NOTE", "general"))
    assert order.dates == (QualifiedDate("002", dt.date(2026, 4, 1)), QualifiedDate("010", dt.date(2026, 3, 25)))
    assert order.date("063", "010") == dt.date(2026, 3, 25)
    assert order.date("063") is None
    numbers = (("TE", "555-1"), ("EM", "ann@example.test"))
    assert order.contacts == (Contact("BD", "Ann Buyer", numbers),)
    assert order.messages == ("Deliver on weekdays",)
    assert order.carriers == (Carrier850("2", "UPSN", "U", "Express"),)
    assert order.freight == (Freight850("CC", "01", "FCA", "Munich", "Munich"),)
    assert order.totals == Totals850(2, Decimal(1503), (("TT", Decimal("37.5")),))


def test_parties_come_with_addresses_contacts_and_references(order: PurchaseOrder850):
    buyer = X12Party(
        "BY", "Buyer Ltd", "91", "B-1", ("Purchasing", "Second floor"), ("1 High Street", "Unit 2", "Gate C"),
        "Leeds", "YK", "LS1 1AA", "GB", (Contact("IC", "Bob", (("FX", "555-2"),)),), (Reference("VX", "GB1"),),
    )  # fmt: skip
    assert order.parties == (buyer, X12Party("ST", "Plant", "92", "P-9"))
    assert order.party("EN", "BY") == buyer
    assert order.party("EN") is None
    assert buyer.name2 == "Purchasing"


def test_line_with_everything(order: PurchaseOrder850):
    line = order.lines[0]
    assert (line.ordinal, line.number, line.quantity, line.unit) == (1, "10", Decimal(1500), "EA")
    assert (line.price, line.price_basis, line.unit_price) == (Decimal("2.5"), "HP", Decimal("0.025"))
    assert line.currency == "USD"
    assert line.part_ids == (("BP", "C-100"), ("VP", "V-100"))
    assert (line.part("VP"), line.part("UP", "BP"), line.part("UP")) == ("V-100", "C-100", "")
    assert line.descriptions == ("Relay",)
    assert line.references == (Reference("AH", "AGR-5"), Reference("L1", "X"))
    assert line.date("002") == dt.date(2026, 4, 10)
    assert line.messages == ("no substitutes", "fragile")
    assert line.parties == (X12Party("EN", "End Buyer", "92", "E-1", city="Graz", country="AT"),)
    first, second = line.schedules
    assert (first.quantity, first.unit) == (Decimal(1000), "EA")
    assert first.dates == (QualifiedDate("002", dt.date(2026, 4, 10)),)
    assert second.dates == (QualifiedDate("002", dt.date(2026, 5, 10)), QualifiedDate("010", dt.date(2026, 5, 1)))


def test_line_without_price_has_none(order: PurchaseOrder850):
    line = order.lines[1]
    assert (line.price, line.unit_price, line.part("MG")) == (None, None, "M-7")


def test_a_good_order_has_no_findings(order: PurchaseOrder850):
    assert order.findings == ()
    assert order.is_readable


def test_only_an_850_is_one():
    with pytest.raises(X12Error) as caught:
        read_850(one_set("860", "BCH*04*SA*1***20260301"))
    assert caught.value.code == "wrong_set"


def found(*segments: str) -> list[tuple[str, str, str, int | None]]:
    """Findings as (severity, code, item, element)."""
    findings = read_850(one_set("850", *segments)).findings
    return [(item.severity.value, item.code, item.item, item.element) for item in findings]


BEG, PO1, CTT = ORDER


def test_an_order_without_beg_number_date_or_lines():
    assert codes(read_850(one_set("850", PO1)).findings) == ["segment_missing", "beg_missing"]
    assert found("BEG*00*NE***20260301", PO1) == [("error", "po_number_missing", "", 3)]
    assert found("BEG**NE*1**20260301", PO1) == [("warning", "purpose_missing", "", 1)]
    assert found("BEG*00*NE*1**PO DATE", PO1) == [("warning", "po_date_invalid", "", 5)]
    assert found("BEG*00*NE*1", PO1) == [("warning", "po_date_invalid", "", 5)]
    assert ("error", "no_lines", "", None) in found(BEG)


@pytest.mark.parametrize(
    ("po1", "finding"),
    [
        ("PO1*1*ten*EA*1*PE*BP*A", ("error", "quantity_invalid", "1", 2)),
        ("PO1*1*5,5*EA*1*PE*BP*A", ("error", "quantity_invalid", "1", 2)),
        ("PO1*1**EA*1*PE*BP*A", ("error", "quantity_missing", "1", 2)),
        ("PO1*1*0*EA*1*PE*BP*A", ("error", "quantity_not_positive", "1", 2)),
        ("PO1*1*-3*EA*1*PE*BP*A", ("error", "quantity_not_positive", "1", 2)),
        ("PO1*1*3*EA*free*PE*BP*A", ("error", "price_invalid", "1", 4)),
        ("PO1*1*3*EA*-1*PE*BP*A", ("error", "price_negative", "1", 4)),
        ("PO1*1*3*EA*1*PE", ("error", "part_missing", "1", 6)),
        ("PO1**ten*EA*1*PE*BP*A", ("error", "quantity_invalid", "1", 2)),
    ],
)
def test_a_bad_line_is_a_finding_at_that_line(po1: str, finding: tuple[str, str, str, int | None]):
    assert found(BEG, po1) == [finding]
    order = read_850(one_set("850", BEG, "PO1*9*1*EA*1*PE*BP*A", po1))
    assert codes(order.line_findings(order.lines[0])) == []
    assert not order.is_readable


def test_a_bad_date_is_a_finding_and_the_rest_is_read():
    order = read_850(one_set("850", BEG, "DTM*002*20260230", PO1, "DTM*010*soon", "SCH*10*EA***002*?"))
    assert order.dates == (QualifiedDate("002", None),)
    assert [(item.code, item.item) for item in order.findings] == [
        ("date_invalid", ""), ("date_invalid", "1"), ("date_invalid", "1"),
    ]  # fmt: skip
    assert {item.severity for item in order.findings} == {Severity.WARNING}


def test_a_period_in_a_dtm_counts_from_its_first_day():
    assert read_850(one_set("850", BEG, "DTM*002****RD8*20260401-20260407", PO1)).date("002") == dt.date(2026, 4, 1)


def test_a_line_may_leave_its_quantity_to_the_schedules():
    assert found(BEG, "PO1*1**EA*1*PE*BP*A", "SCH*10*EA***002*20260401") == []


def test_schedules_that_do_not_add_up():
    assert found(BEG, PO1, "SCH*4*EA***002*20260401", "SCH*5*EA***002*20260501") == [
        ("warning", "schedules_differ", "1", 2)
    ]


def test_line_numbers_that_repeat():
    assert found(BEG, PO1, PO1) == [("warning", "line_number_repeated", "1", 1)] * 2


def test_totals_that_do_not_agree():
    assert found(BEG, PO1, "CTT*2*10") == [("warning", "line_count_differs", "", 1)]
    assert found(BEG, PO1, "CTT*1*11") == [("warning", "hash_total_differs", "", 2)]
    assert found(BEG, PO1, "CTT*one*10") == [("warning", "count_invalid", "", 1)]
    assert found(BEG, PO1, "CTT*1*many") == [("warning", "hash_total_invalid", "", 2)]
    assert found(BEG, PO1, "CTT*1", "AMT*TT*13") == [("info", "amount_differs", "", None)]
    assert found(BEG, PO1, "CTT*1", "AMT*TT*12.50") == []


def test_the_hash_total_may_be_the_sum_or_the_standards_digits():
    # 1.5 + 2.25 = 3.75 plainly; by the letter of element 347 the digits 15 + 225 = 240.
    lines = ("PO1*1*1.5*EA*1*PE*BP*A", "PO1*2*2.25*EA*1*PE*BP*B")
    assert found(BEG, *lines, "CTT*2*3.75") == []
    assert found(BEG, *lines, "CTT*2*240") == []
    assert found(BEG, *lines, "CTT*2*4") == [("warning", "hash_total_differs", "", 2)]


def test_what_nobody_interprets_is_said_once_a_kind():
    findings = found(BEG, "ITD*14", "ITD*15", PO1, "PID*F****x", "MEA*WT*G*1", "SDQ*EA*92*S1*4*S2*6", "ZZZ*1", CTT)
    assert findings == [
        ("info", "segment_not_interpreted", "", None),
        ("info", "segment_not_interpreted", "", None),
        ("warning", "segment_not_interpreted", "", None),
        ("warning", "segment_unrecognised", "", None),
    ]


@pytest.mark.parametrize(
    ("basis", "unit_price"), [("PE", "6"), ("", "6"), ("PD", "0.5"), ("HP", "0.06"), ("TP", "0.006"), ("TT", "0.0006")]
)
def test_price_basis_says_for_how_many_the_price_is(basis: str, unit_price: str):
    line = read_850(one_set("850", BEG, f"PO1*1*1*EA*6*{basis}*BP*A")).lines[0]
    assert (line.price, line.unit_price) == (Decimal(6), Decimal(unit_price))
