import dataclasses
import re

import pytest

from tests.ui.packets import PACKET, PageText, read_pages
from ui.documents import ship_request
from ui.documents.ship_request import Delivery, Revision, render


def pages(packet):
    return read_pages(render(packet))


@pytest.fixture(scope="module")
def packet_pages():
    return pages(PACKET)


def test_instructions_stand_on_one_page_and_the_pick_list_on_the_next(packet_pages):
    assert len(packet_pages) == 2
    assert "Do this" in packet_pages[0]
    assert "Pick list" in packet_pages[1]


@pytest.mark.parametrize(
    "words",
    [
        "Ship request SR-104417",
        "Revision 2 replaces revision 1 of 20 Nov 2026. Destroy revision 1. Changed: carrier account, line 3 added.",
        "Outsourced centre Penang (PEN)",
        "Mon 30 Nov",
        "allowed: 3 business days early, 0 late; not before 25 Nov 2026",
        "Deliver to the re-shipper Kaskade Spedition GmbH Frachtstraße 9, Hall C 51147 Köln Germany (DE)",
        "Frau Łukasik, 1234",
        "Final receiver Redmere Contract Manufacturing Ltd 18 Foundry Way, dock 2 Stevenage SG1 2QX "
        "United Kingdom (GB)",
        "Freight is paid by a third party Orbiform Satellites Ltd payer country GB · postcode SG1 2EF",
        "Carrier account to use 7N-448-2201 Transvia Express Economy Air 3–5",
        "Duty and tax are paid by Redmere CM Ltd account GB-DUTY-0042 importer of record",
        "FCA Penang (Incoterms® 2020). No rate shopping.",
        "Ship all 3 lines together, in full. No partial shipment.",
        "Line 3 in sealed moisture bag",
        "GS1 label on each carton",
        "Mark “ORBIFORM PROJECT LYNX” on each carton.",
        "Certificate of conformity",
        "3 lines, 7,500 pieces, 13.05 kg net",
        "Kaskade sends on by road under T1 transit within 2 working days",
        "rule EMEA-HEAVY version 3",
        "Fingerprint of these instructions 7029 FF3D EDBE 391E",
        "produced 24 Nov 2026 08:05 PST",
        "Page 1 of 2",
    ],
)
def test_the_first_page_carries_every_term(packet_pages, words):
    assert words in packet_pages[0]


def test_the_pick_list_names_part_customer_part_order_and_quantity(packet_pages):
    assert "1 AUR-3421-QFN32-R customer part OS-88214 Buck converter 3 A" in packet_pages[1]
    assert "PO 8100-44719 · order SO-26-104412 · for Orbiform" in packet_pages[1]
    for quantity in ("2,000", "3,000", "2,500"):
        assert quantity in packet_pages[1]
    assert "Ship request SR-104417 revision 2 · PEN · pick list" in packet_pages[1]


def test_no_price_appears_and_none_can_be_given(packet_pages):
    assert not re.search(r"price|amount|USD|EUR|\d\.\d\d(?!kg)", "".join(packet_pages), re.IGNORECASE)
    names = {
        field.name
        for cls in (ship_request.PackLine, ship_request.ShipRequestPacket)
        for field in dataclasses.fields(cls)
    }
    assert not names & {"price", "unit_price", "value", "amount", "currency", "cost"}


def test_the_first_revision_replaces_nothing():
    packet = dataclasses.replace(PACKET, revision=Revision(1))
    assert packet.replaces == ""
    assert "replaces" not in pages(packet)[0]


def test_without_a_re_shipper_the_receiver_is_where_it_is_delivered():
    text = pages(dataclasses.replace(PACKET, final_receiver=None, onward=""))[0]
    assert "Deliver to Kaskade Spedition GmbH" in text
    assert "no re-shipper" in text


@pytest.mark.parametrize(
    ("partials", "complete", "rule"),
    [
        (True, False, "Partial shipment is allowed."),
        (False, False, "No partial shipment. If something is short, stop and call."),
        (True, True, "Ship all 3 lines together, in full. No partial shipment."),
    ],
)
def test_the_rule_about_parts_comes_first(partials, complete, rule):
    delivery = Delivery(partials, complete, 0, 0)
    assert delivery.check_list(3)[0].startswith(rule)
    assert "neither early nor late" in dataclasses.replace(PACKET, delivery=delivery).tolerance


def test_many_lines_run_on_without_losing_one():
    lines = tuple(dataclasses.replace(PACKET.lines[0], number=str(n), part=f"PART-{n:03}") for n in range(1, 61))
    found = pages(dataclasses.replace(PACKET, lines=lines))
    assert len(found) > 5
    assert [n for n in range(1, 61) if f"PART-{n:03}" not in PageText("".join(found))] == []
    assert "What really happened" in found[-1]


def test_the_same_packet_gives_the_same_bytes():
    assert render(PACKET) == render(PACKET)


def test_words_from_outside_are_never_markup():
    lines = (dataclasses.replace(PACKET.lines[0], description='<img src="file:///etc/passwd">'),)
    assert '<img src="file:///etc/passwd">' in pages(dataclasses.replace(PACKET, lines=lines))[1]
