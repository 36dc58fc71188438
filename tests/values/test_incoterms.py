import itertools

import pytest

from values.incoterms import INCOTERMS, UnknownIncotermError, contradictions, incoterm, title_passes_at

# Written out from the ICC's table of 2020:
# code: main carriage, import duty, where risk passes, sea only, insured by the seller
TABLE = {
    "EXW": ("buyer", "buyer", "shippers_dock", False, False),
    "FCA": ("buyer", "buyer", "carrier_handover", False, False),
    "CPT": ("seller", "buyer", "carrier_handover", False, False),
    "CIP": ("seller", "buyer", "carrier_handover", False, True),
    "DAP": ("seller", "buyer", "destination", False, False),
    "DPU": ("seller", "buyer", "destination", False, False),
    "DDP": ("seller", "seller", "destination", False, False),
    "FAS": ("buyer", "buyer", "alongside", True, False),
    "FOB": ("buyer", "buyer", "on_board", True, False),
    "CFR": ("seller", "buyer", "on_board", True, False),
    "CIF": ("seller", "buyer", "on_board", True, True),
}


def test_there_are_eleven_rules():
    assert set(INCOTERMS) == set(TABLE)


@pytest.mark.parametrize("code", TABLE)
def test_each_rule_says_who_pays_and_where_risk_passes(code):
    rule = incoterm(code)
    assert (
        rule.main_carriage,
        rule.import_duty,
        rule.passes_at,
        rule.sea_only,
        rule.insured_by_seller,
    ) == TABLE[code]


def test_only_ex_works_leaves_the_export_to_the_buyer():
    assert [rule.code for rule in INCOTERMS.values() if rule.export_duty == "buyer"] == ["EXW"]


@pytest.mark.parametrize("code", ["EXW", "FCA", "FAS", "FOB", "CPT", "CIP", "CFR", "CIF"])
def test_title_passes_with_the_shipment(code):
    assert title_passes_at(code) == "shipment"


@pytest.mark.parametrize("code", ["DAP", "DPU", "DDP"])
def test_title_passes_on_delivery(code):
    assert title_passes_at(code) == "delivery"


@pytest.mark.parametrize(
    ("code", "freight_payer", "duty_payer"),
    [
        ("EXW", "receiver", "receiver"),
        ("EXW", "third_party", "receiver"),
        ("FCA", "receiver", "receiver"),
        ("FCA", "third_party", "third_party"),
        ("FOB", "receiver", "receiver"),
        ("CPT", "shipper", "receiver"),
        ("CIF", "third_party", "receiver"),
        ("DAP", "shipper", "receiver"),
        ("DAP", "shipper", "third_party"),
        ("DDP", "shipper", "shipper"),
        ("DDP", "shipper", "third_party"),
        ("dap", "shipper", "receiver"),
    ],
)
def test_payers_that_agree_with_the_rule(code, freight_payer, duty_payer):
    assert contradictions(code, freight_payer, duty_payer) == []


def test_ex_works_with_freight_paid_by_the_shipper_is_explained():
    [sentence] = contradictions("EXW", "shipper", "receiver")
    assert sentence == (
        "Under EXW (Ex Works) the buyer arranges and pays the main carriage (B4, B9), but the freight payer "
        "is the shipper. Let the receiver or a third party pay, or agree CPT or DAP."
    )


def test_delivered_at_place_with_freight_paid_by_the_receiver_is_explained():
    [sentence] = contradictions("DAP", "receiver", "receiver")
    assert sentence == (
        "Under DAP (Delivered at Place) the seller arranges and pays the carriage to the place of "
        "destination (A4, A9), but the freight payer is the receiver. Let the shipper pay, or agree FCA."
    )


def test_delivered_duty_paid_with_duty_paid_by_the_receiver_is_explained():
    [sentence] = contradictions("DDP", "shipper", "receiver")
    assert sentence == (
        "Under DDP (Delivered Duty Paid) the seller clears the import and pays its duty and taxes (A7, A9), "
        "but the duty payer is the receiver. Let the shipper pay, or agree DAP."
    )


def test_the_advice_stays_at_sea():
    assert "CFR or CIF" in contradictions("FOB", "shipper", "receiver")[0]
    assert "agree FOB" in contradictions("CFR", "receiver", "receiver")[0]


def test_both_payers_can_contradict_at_once():
    assert len(contradictions("DDP", "receiver", "receiver")) == 2
    assert len(contradictions("EXW", "shipper", "shipper")) == 2


@pytest.mark.parametrize("code", TABLE)
def test_a_payer_contradicts_exactly_when_it_stands_for_the_other_side(code):
    carriage, duty, *_ = TABLE[code]
    other = {"seller": "receiver", "buyer": "shipper"}
    for freight_payer, duty_payer in itertools.product(("shipper", "receiver", "third_party"), repeat=2):
        expected = (freight_payer == other[carriage]) + (duty_payer == other[duty])
        assert len(contradictions(code, freight_payer, duty_payer)) == expected


@pytest.mark.parametrize(
    ("code", "hint"),
    [("DAT", "DPU took its place"), ("DDU", "DAP took its place"), ("ABC", "Use one of EXW, FCA")],
)
def test_an_unknown_rule_is_refused_with_a_hint(code, hint):
    with pytest.raises(UnknownIncotermError, match=hint):
        incoterm(code)


def test_the_point_reads_as_words():
    assert incoterm("FCA").passes_in_words == "when handed to the carrier"
