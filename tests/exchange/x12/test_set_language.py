import pytest

from exchange.x12.elements import check_elements, element_index, pairs, value
from exchange.x12.findings import X12Error
from exchange.x12.segments import Segment
from exchange.x12.sets import FUNCTIONAL_IDS, KNOWN_SETS, segment_elements, transaction_set
from exchange.x12.sets.language import Element, Loop, Use, parse_elements, parse_set
from tests.exchange.x12.texts import codes


def test_a_set_is_read_from_its_indented_list():
    table = parse_set(
        "999", "# a comment\nBEG!\nREF *, DTM 10\nN1 200: N2 2, N3\nPO1! *:\n    PID 5: MEA\n    DTM\nCTT\n"
    )
    assert table == Loop(
        "999",
        1,
        True,
        (
            Use("BEG", 1, True),
            Use("REF", 0),
            Use("DTM", 10),
            Loop("N1", 200, False, (Use("N2", 2), Use("N3", 1))),
            Loop("PO1", 0, True, (Loop("PID", 5, False, (Use("MEA"),)), Use("DTM"))),
            Use("CTT"),
        ),
    )
    assert table.index["DTM"] == (2,)


@pytest.mark.parametrize("text", ["beg", "BEG 1 2", "  BEG", "BEG\n    REF", "N1 x: N2", "BEGIN"])
def test_a_bad_table_is_refused(text: str):
    with pytest.raises(ValueError):
        parse_set("999", text)


def test_a_segment_line_is_read_with_its_repeats():
    table = parse_elements("# no\nPER: function!ID2/2 2(kind=ID2/2 number=AN1/80) amount=R1/15 count!N01/6\n")
    kind, number = Element("kind", "ID", 2, 2, False), Element("number", "AN", 1, 80, False)
    first, last = Element("function", "ID", 2, 2, True), Element("count", "N0", 1, 6, True)
    assert table == {"PER": (first, kind, number, kind, number, Element("amount", "R", 1, 15, False), last)}


def test_a_bad_segment_line_is_refused():
    with pytest.raises(ValueError, match="function"):
        parse_elements("PER: function")


@pytest.mark.parametrize("set_id", KNOWN_SETS)
def test_every_set_has_a_table_and_a_functional_id(set_id: str):
    assert transaction_set(set_id).parts[0].required
    assert len(FUNCTIONAL_IDS[set_id]) == 2


def test_an_unknown_set_has_no_table():
    with pytest.raises(X12Error) as caught:
        transaction_set("../850")
    assert caught.value.code == "set_unknown"


def test_all_lengths_and_types_of_the_segment_table_make_sense():
    for elements in segment_elements().values():
        for element in elements:
            assert element.type in {"AN", "ID", "R", "N0", "N2", "DT", "TM"}
            assert 0 < element.least <= element.most


def test_elements_are_found_by_name():
    po1 = Segment("PO1", ("1", " 10 ", "EA", "1.25", "PE", "BP", "C-100", "", "", "VP", "V-1"))
    assert (value(po1, "quantity"), value(po1, "price_basis"), value(None, "price")) == ("10", "PE", "")
    assert pairs(po1, "part_qualifier", "part") == (("BP", "C-100"), ("VP", "V-1"))
    assert element_index("BEG", "po_date") == 5
    with pytest.raises(KeyError):
        element_index("BEG", "nothing")


def test_elements_are_checked_for_presence_dates_and_numbers():
    segments = [
        Segment("BEG", ("00", "NE", "", "", "2026-03-01"), 4, 4),
        Segment("PO1", ("1", "ten"), 5, 5),
        Segment("CTT", ("1.5",), 6, 6),
        Segment("BSN", ("00", "SH1", "20260301", "2561"), 7, 7),
        Segment("QQQ", ("?",), 8, 8),
    ]
    found = check_elements(segments)
    assert codes(found) == [
        "element_missing",
        "element_not_date",
        "element_not_number",
        "element_not_number",
        "element_not_time",
    ]
    assert [finding.element for finding in found] == [3, 5, 2, 1, 4]
    assert found[0].message == "BEG03 (po_number) is missing"
