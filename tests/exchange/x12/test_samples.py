"""Real files of other people. Expected values were read off the files by eye."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

from exchange.x12.acknowledgement import functional_acknowledgement
from exchange.x12.elements import check_elements
from exchange.x12.envelope import read_interchanges
from exchange.x12.interchange import Interchange
from exchange.x12.order_acknowledgement import read_855
from exchange.x12.order_values import PurchaseOrder850, Totals850
from exchange.x12.parties import Contact, X12Party
from exchange.x12.purchase_order import read_850
from exchange.x12.references import QualifiedDate, Reference
from exchange.x12.separators import Separators
from exchange.x12.tree import LoopNode, parse_loops
from exchange.x12.writer import Endpoint, Envelope
from tests.exchange.x12.texts import codes, read

pytestmark = pytest.mark.x12_samples

Sample = Callable[[str], bytes]

ENVELOPES = {
    "810_invoice": ("16/102096559TEST", "14/PARTNERTEST", "810000263", "T", "*>\n", "IN", "810"),
    "846_inventory_odd_separators": ("01/322341109", "01/SANMINACORP", "000001979", "P", "~>}", "IB", "846"),
    "850_po_glass": ("01/828513080", "01/001903202U", "000000245", "P", "*~|", "PO", "850"),
    "850_po_licence": ("01/000000000", "16/102096559TEST", "000211462", "P", "~>\n", "PO", "850"),
    "852_product_activity": ("01/007061617", "01/00507479", "000000001", "P", "*>^", "PD", "852"),
    "855_po_ack": ("16/102096559PROD", "01/PARTNER", "855336885", "P", "*>\n", "PR", "855"),
    "856_asn": ("01/201495124", "01/207663412", "000000001", "P", "~`*", "SH", "856"),
    "860_po_change_bad_counts": ("12/SENDERID", "01/787347434", "000000568", "P", "*>~", "PC", "860"),
    "865_change_ack_component_maker": ("01/0011223344", "01/009125527", "000016680", "P", "*:~", "CA", "865"),
    "867_resale_three_lines": ("30/943274043", "01/175315246", "000000002", "T", "^>~", "PT", "867"),
    "867_resale_two": ("30/943274043", "01/175315246", "000000002", "T", "^>~", "PT", "867"),
    "940_ship_order": ("ZZ/UP", "ZZ/COMPANY C", "398161180", "P", "*>\n", "OW", "940"),
    "945_ship_advice": ("08/9338945000", "08/9393939394", "000000031", "T", "*>~", "SW", "945"),
}
ODD = {
    "860_po_change_bad_counts": ["terminator_missing"],
    "865_change_ack_component_maker": ["interchange_control_number"],
    "940_ship_order": ["interchange_control_number", "group_control_number"],
    "945_ship_advice": ["group_control_number", "group_date"],
}
SHAPES = {
    "810_invoice": "BIG NTE NTE NTE NTE CUR REF REF REF [N1 N2 N3 N4] [N1 N2 N3 N4] [N1 N2 N3 N4] [N1 N2 N3 N4] "
    "[N1 N2 N3 N4 PER] [N1 N2 N3 N4] [N1] [N1] ITD DTM [IT1 [PID]] TDS TXI CTT",
    "846_inventory_odd_separators": "BIA CUR DTM [N1] [N1] [LIN [QTY UIT] [QTY UIT] [QTY UIT] [QTY UIT]]",
    "850_po_glass": "BEG CUR PER [AMT] [N1] [N1 N3 N4] [N1] [PO1 [PID] DTM [N9 MSG]] [PO1 [PID] DTM [N9 MSG MSG MSG]] "
    "[PO1 [PID] DTM [N9 MSG MSG]] [PO1 [PID] DTM [N9 MSG MSG]] [CTT]",
    "850_po_licence": "BEG CUR REF REF REF DTM [N1] [N1] [N1] [N1 N2 N3 N4 REF REF PER] [N1 N2 N3 N4 REF] "
    "[N1 N2 N3 N4 REF PER] [N1 N2 N3 N4 REF PER] [PO1 DTM DTM] [CTT AMT]",
    "852_product_activity": "XQ XPO XPO [N1] [LIN [ZA] [ZA]] [LIN [ZA]] [N1] [LIN [ZA]] CTT",
    "855_po_ack": "BAK CUR REF TD5 TD5 TD5 TD5 TD5 [N1 N2 N3 N4] [N1 N2 N3 N4] [N1 N2 N3 N4] [N1 N2 N3 N4] "
    "[N1 N2 N3 N4] [N1 N2 N3 N4] [N1 N2 N3 N4 PER] [PO1 [PID]] [CTT AMT]",
    "856_asn": "BSN DTM DTM [HL REF [N1 N3 N4] [N1 N3 N4]] [HL PRF] [HL LIN SN1] [HL LIN SN1] [HL LIN SN1] CTT",
    "860_po_change_bad_counts": "BCH REF [N1 N3 N4] [POC] [POC] [CTT]",
    "865_change_ack_component_maker": "BCA FOB ITD [N1] [N1 N3 N4] [POC [PID] [PID] [PID] [ACK] [SCH]] [CTT]",
    "867_resale_three_lines": "BPT DTM DTM [N1] [N1 REF] [PTD [N1 N3 N4 REF] [QTY LIN UIT UIT AMT REF DTM DTM]] "
    "[PTD REF [QTY LIN UIT REF DTM DTM]] [PTD [N1 N3 N4 REF] [QTY LIN UIT UIT AMT REF DTM DTM]] [CTT AMT]",
    "867_resale_two": "BPT DTM [N1] [N1 REF] [PTD [N1 N3 N4] [QTY LIN UIT AMT ITA PID REF]] [CTT AMT]",
    "940_ship_order": "W05 [N1] [N1] [N1 N3 N4] N9 G62 G62 NTE NTE W66 [LX [W01 G69 N9 N9 W20]] "
    "[LX [W01 G69 N9 N9 W20]] W76",
    "945_ship_advice": "W06 [N1] [N1] G62 W27 [LX N9 [W12]] [LX N9 [W12]] [LX N9 [W12]] W03",
}


def shape(node: LoopNode) -> str:
    return " ".join(f"[{shape(child)}]" if isinstance(child, LoopNode) else child.id for child in node.children)


def interchange(data: bytes) -> Interchange:
    result = read_interchanges(data)
    assert (len(result.interchanges), result.encoding, result.findings) == (1, "utf-8", ())
    return result.interchanges[0]


@pytest.mark.parametrize("name", ENVELOPES)
def test_the_envelope_of_each_sample_is_read(name: str, sample: Sample):
    found = interchange(sample(name))
    sender, receiver, control, usage, marks, functional_id, set_id = ENVELOPES[name]
    assert f"{found.sender_qualifier}/{found.sender_id}" == sender
    assert f"{found.receiver_qualifier}/{found.receiver_id}" == receiver
    assert (found.control_number, found.usage) == (control, usage)
    assert found.separators == Separators(*marks)
    assert [(group.functional_id, item.set_id) for group, item in found.sets()] == [(functional_id, set_id)]
    assert codes(found.all_findings()) == ODD.get(name, [])


@pytest.mark.parametrize("name", SHAPES)
def test_each_sample_is_arranged_by_the_table_of_its_set(name: str, sample: Sample):
    (transaction,) = interchange(sample(name)).groups[0].sets
    tree = parse_loops(transaction)
    assert shape(tree.root) == SHAPES[name]
    assert tuple(tree.root.walk()) == transaction.segments
    late = ["segment_out_of_order"] if name == "852_product_activity" else []
    assert codes(tree.findings) == late
    odd = ["element_not_date"] if name == "860_po_change_bad_counts" else []
    assert codes(check_elements(transaction.segments)) == odd


@pytest.mark.parametrize("name", ENVELOPES)
def test_every_sample_can_be_acknowledged(name: str, sample: Sample):
    us, partner = Endpoint("ZZ", "US"), Endpoint("ZZ", "THEM")
    envelope = Envelope(us, partner, 1, dt.datetime(2026, 3, 1, tzinfo=dt.UTC))
    answer = functional_acknowledgement(interchange(sample(name)), envelope)
    assert answer is not None
    assert read(answer).all_findings() == ()


def order(data: bytes) -> PurchaseOrder850:
    return read_850(interchange(data).groups[0].sets[0])


def test_the_glass_order_is_read_to_its_last_field(sample: Sample):
    glass = order(sample("850_po_glass"))
    assert (glass.purpose, glass.type, glass.po_number) == ("05", "SA", "S41000439")
    assert (glass.po_date, glass.currency, glass.currency_entity) == (dt.date(2010, 8, 10), "USD", "BY")
    assert glass.contacts == (Contact("IC", "Doe, Jane", (), "Doe, Jane"),)
    assert glass.parties == (
        X12Party("MI", "", "92", "D_POF341"),
        X12Party("ST", "", "92", "W_341001", (), ("WORKS 41", "2290 MENELAUS ROAD"), "BEREA", "KY", "40403", "US"),
        X12Party("SF", "GENERAL SUPPLY CO", "92", "S07012345"),
    )
    assert [(line.number, line.quantity, line.unit, line.price, line.price_basis) for line in glass.lines] == [
        ("1", Decimal(5), "EA", Decimal("5.09"), "UM"),
        ("2", Decimal(12), "EA", Decimal("63.11"), "UM"),
        ("3", Decimal(2), "EA", Decimal("8.02"), "UM"),
        ("4", Decimal(1), "EA", Decimal("85.25"), "UM"),
    ]
    parts = ["0459001004", "0650002027", "0670104514", "0684202074"]
    assert [line.part_ids for line in glass.lines] == [(("BP", part),) for part in parts]
    assert {line.date("002") for line in glass.lines} == {dt.date(2010, 8, 20)}
    assert glass.lines[1].descriptions == ("LAMP, MAXLITE 35873, 200W,",)
    assert glass.lines[1].messages[1:] == ("277V, 5000K, E39, HPE", "MODEL NO. SKO200EA250")
    assert glass.lines[1].position.line == 18
    # 5 × 5.09 + 12 × 63.11 + 2 × 8.02 + 85.25 = 25.45 + 757.32 + 16.04 + 85.25
    assert glass.totals == Totals850(4, Decimal(20), (("TT", Decimal("884.06")),))
    assert glass.findings == ()


def test_the_licence_order_is_read_to_its_last_field(sample: Sample):
    licence = order(sample("850_po_licence"))
    assert (licence.purpose, licence.type, licence.po_number) == ("00", "NE", "TLP-X12")
    assert (licence.po_date, licence.currency, licence.currency_entity) == (dt.date(2010, 6, 14), "USD", "SE")
    assert licence.references == tuple(Reference(kind, "123456") for kind in ("CT", "DC", "EU"))
    assert licence.dates == (QualifiedDate("010", dt.date(2010, 6, 14)),)
    assert [party.qualifier for party in licence.parties] == ["BY", "PO", "BT", "DU", "EN", "IA", "ST"]
    names = ["SOLD TO", "PAYER", "BILL TO", "RESELLER", "END USER", "DEPLOY TO", "SHIP TO"]
    assert [party.name for party in licence.parties] == names
    numbers = (("TE", "8015551234"), ("FX", "8015554321"), ("EM", "john@doe.com"))
    assert licence.party("DU") == X12Party(
        "DU", "RESELLER", "", "", ("Reseller NameII",), ("123 MAIN STREET",), "CEDAR RAPIDS", "IA", "524032140", "",
        (Contact("IC", "RESELLER TO", numbers),),
        (Reference("DP", "DP", "DEPARTMENT 100"), Reference("7I", "ResellerAuthID")),
    )  # fmt: skip
    end_user = licence.party("EN")
    assert end_user is not None
    assert (end_user.name2, end_user.contacts) == ("EndUser NameII", ())
    (line,) = licence.lines
    assert (line.quantity, line.price, line.price_basis) == (Decimal(1), Decimal(665), "CA")
    assert line.part_ids == (("BP", "12345678"), ("MG", "64113730AD01A00"))
    assert [date.qualifier for date in line.dates] == ["010", "196"]
    # The file says 12 in total for one line of 665.
    assert codes(licence.findings) == ["amount_differs"]
    assert licence.is_readable


def test_the_order_acknowledgement(sample: Sample):
    found = read_855(interchange(sample("855_po_ack")).groups[0].sets[0])
    assert (found.purpose, found.type, found.po_number) == ("00", "AD", "0132710645")
    assert (found.po_date, found.currency, found.total) == (dt.date(2009, 6, 12), "USD", Decimal(369))
    assert found.references == (Reference("CO", "11KH111D"),)
    assert [party.qualifier for party in found.parties] == ["BY", "BT", "PR", "CA", "II", "SE", "ST"]
    (line,) = found.lines
    assert (line.number, line.quantity, line.price) == ("000010", Decimal(1), Decimal(369))
    assert line.part_ids == (("MG", "00065008880AD01A00"), ("BP", "T05249"))


def test_the_mended_line_of_the_order_change(sample: Sample):
    """Its N1 lacks the terminator; mended, the set has the ten segments that its SE01 claims."""
    (transaction,) = interchange(sample("860_po_change_bad_counts")).groups[0].sets
    party = next(segment for segment in transaction.segments if segment.id == "N1")
    assert party.elements == ("BY", "RETAILER", "92", "1129")
    assert transaction.findings == ()
