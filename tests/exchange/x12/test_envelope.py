import datetime as dt

import pytest

from exchange.x12.envelope import read_interchanges
from exchange.x12.findings import Severity
from exchange.x12.separators import Separators
from tests.exchange.x12.texts import ORDER, codes, envelope, isa, read

PLAIN = envelope(("850", ORDER))


def test_identities_dates_and_controls_of_a_plain_interchange():
    interchange = read(PLAIN)
    assert (interchange.sender_qualifier, interchange.sender_id) == ("01", "SENDER")
    assert (interchange.receiver_qualifier, interchange.receiver_id) == ("ZZ", "RECEIVER")
    assert (interchange.date, interchange.time) == (dt.date(2026, 3, 1), dt.time(9, 15))
    assert (interchange.version, interchange.control_number, interchange.usage) == ("00401", "000000042", "P")
    assert interchange.identity == ("01", "SENDER", "ZZ", "RECEIVER", "000000042")
    (group,) = interchange.groups
    assert (group.functional_id, group.sender, group.receiver) == ("PO", "SND", "RCV")
    assert (group.control_number, group.version, group.date) == ("7", "004010", dt.date(2026, 3, 1))
    (transaction,) = group.sets
    assert (transaction.set_id, transaction.control_number) == ("850", "0001")
    assert [segment.id for segment in transaction.segments] == ["BEG", "PO1", "CTT"]
    assert transaction.segments[1].elements == ("1", "10", "EA", "1.25", "PE", "BP", "C-100", "VP", "V-100")
    assert interchange.all_findings() == ()


def test_positions_count_segments_over_the_file_and_lines_as_an_editor_shows_them():
    text = envelope(("850", ORDER), join="~\r\n   ", head=isa() + "\r\n")
    beg, po1, ctt = read(text).groups[0].sets[0].segments
    assert [(item.number, item.line) for item in (beg, po1, ctt)] == [(4, 4), (5, 5), (6, 6)]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_newline_may_be_the_segment_terminator(newline: str):
    text = envelope(("850", ORDER), join=newline + "  ", head=isa(ending=">" + newline))
    interchange = read(text)
    assert interchange.separators == Separators("*", ">", "\n", None)
    assert [segment.id for segment in interchange.groups[0].sets[0].segments] == ["BEG", "PO1", "CTT"]
    assert interchange.all_findings() == ()


@pytest.mark.parametrize("between", ["", "\n", "\r\n", "\r\n\t\t", "\n\n   \n", "\x00\n"])
def test_whatever_stands_between_segments_does_not_matter(between: str):
    text = envelope(("850", ORDER), join="~" + between, head=isa() + between)
    assert read(text).groups[0].sets[0].segments[0].elements == ("00", "NE", "PO-77", "", "20260301")


@pytest.mark.parametrize("odd", [("~", "}", "!"), ("^", ">", "~"), ("|", ":", "'"), ("\x1d", "\x1f", "\x1c")])
def test_odd_separators_come_from_the_isa(odd: tuple[str, str, str]):
    element, component, terminator = odd
    table = str.maketrans({"*": element, ">": component, "~": terminator})
    interchange = read(PLAIN.translate(table))
    assert interchange.separators == Separators(element, component, terminator, None)
    assert interchange.groups[0].sets[0].segments[0].get(3) == "PO-77"
    assert interchange.all_findings() == ()


def test_repetition_separator_counts_only_from_release_00402_and_only_when_it_is_a_mark():
    assert read(envelope(("850", ORDER), head=isa("00401", repetition="^"))).separators.repetition is None
    assert read(envelope(("850", ORDER), head=isa("00501", repetition="^"))).separators.repetition == "^"
    assert read(envelope(("850", ORDER), head=isa("00501", repetition="U"))).separators.repetition is None


def test_composites_and_repetitions_split_by_the_separators_of_their_interchange():
    marks = read(envelope(("850", ORDER), head=isa("00501", repetition="^"))).separators
    assert marks.components("EA>1>12") == ("EA", "1", "12")
    assert marks.repetitions("A^B") == ("A", "B")
    assert Separators(component=None).components("EA>1") == ("EA>1",)


def test_last_segment_may_lack_its_terminator():
    assert read(PLAIN.rstrip("~")).all_findings() == ()
    assert read(PLAIN.rstrip("~") + "\r\n\x1a").all_findings() == ()


def test_isa_elements_of_wrong_width_are_read_by_the_separator():
    head = "ISA*00**00**01*A*ZZ*MUCH-LONGER-THAN-FIFTEEN*260301*0915*U*00401*42*0*T*>~"
    interchange = read(envelope(("850", ORDER), head=head))
    assert (interchange.sender_id, interchange.receiver_id) == ("A", "MUCH-LONGER-THAN-FIFTEEN")
    assert interchange.usage == "T"
    assert interchange.all_findings() == ()


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_utf8_with_and_without_byte_order_mark(mark: bytes):
    result = read_interchanges(mark + PLAIN.replace("C-100", "Grösse").encode())
    assert result.encoding == "utf-8"
    assert result.interchanges[0].groups[0].sets[0].segments[1].get(7) == "Grösse"
    assert result.findings == ()


def test_windows_1252_utf16_and_bytes_of_neither():
    named = PLAIN.replace("C-100", "5€ Grösse")
    assert read(named.encode("cp1252")).groups[0].sets[0].segments[1].get(7) == "5€ Grösse"
    assert read(named.encode("utf-16")).groups[0].sets[0].segments[1].get(7) == "5€ Grösse"
    undefined = PLAIN.encode().replace(b"C-100", b"\x81\xe9")
    assert read_interchanges(undefined).encoding == "latin-1"


def test_several_interchanges_in_one_file_may_use_different_separators():
    other = PLAIN.translate(str.maketrans({"*": "|", "~": "!"})).replace("000000042", "000000043")
    result = read_interchanges(f"{PLAIN}\r\n\ufeff{other}\n".encode())
    assert [item.control_number for item in result.interchanges] == ["000000042", "000000043"]
    assert [item.separators.element for item in result.interchanges] == ["*", "|"]
    assert result.all_findings() == ()


def test_a_second_interchange_is_found_behind_an_iea_without_terminator():
    text = PLAIN.rstrip("~") + "\n" + PLAIN
    result = read_interchanges(text.encode())
    assert len(result.interchanges) == 2
    assert result.all_findings() == ()


def test_text_around_the_interchanges_is_ignored_and_reported():
    result = read_interchanges(f"Subject: order\n\n{PLAIN}\n-- \nVISA accepted\n".encode())
    assert len(result.interchanges) == 1
    assert codes(result.findings) == ["leading_data", "trailing_data"]
    assert result.needs_quarantine


def test_a_missing_component_separator_is_noticed():
    text = envelope(("850", ORDER), join="~\n", head=isa(ending="~\n"))
    interchange = read(text)
    assert interchange.separators == Separators("*", None, "~", None)
    assert codes(interchange.all_findings()) == ["isa_component_missing"]
    assert interchange.groups[0].sets[0].segments[0].get(5) == "20260301"


def test_a_missing_component_separator_before_a_newline_terminator():
    interchange = read(envelope(("850", ORDER), join="\n", head=isa(ending="\n")))
    assert interchange.separators == Separators("*", None, "\n", None)
    assert codes(interchange.all_findings()) == ["isa_component_missing"]


def test_wrong_counts_are_warnings_and_say_both_numbers():
    text = PLAIN.replace("SE*5*", "SE*9*").replace("GE*1*", "GE*2*").replace("IEA*1*", "IEA*3*")
    found = read(text).all_findings()
    assert codes(found) == ["interchange_group_count", "group_set_count", "set_segment_count"]
    assert {finding.severity for finding in found} == {Severity.WARNING}
    assert found[2].message == "SE01 says 9, there are 5 segments"
    assert found[2].position is not None
    assert (found[2].position.segment_id, found[2].position.segment) == ("SE", 7)


def test_control_numbers_that_do_not_match_are_warnings():
    text = PLAIN.replace("SE*5*0001", "SE*5*0002").replace("GE*1*7", "GE*1*8").replace("IEA*1*000000042", "IEA*1*42x")
    found = codes(read(text).all_findings())
    assert found == ["interchange_control_number", "group_control_number", "set_control_number"]


def test_leading_zeros_do_not_make_control_numbers_differ():
    assert read(PLAIN.replace("IEA*1*000000042", "IEA*1*42")).all_findings() == ()


def test_missing_and_unreadable_counts_are_warnings_too():
    assert codes(read(PLAIN.replace("SE*5*", "SE**")).all_findings()) == ["set_segment_count"]
    assert codes(read(PLAIN.replace("SE*5*", "SE*five*")).all_findings()) == ["set_segment_count"]


def test_unreadable_envelope_dates_are_warnings():
    text = PLAIN.replace("*260301*0915*U*", "*269901*0915*U*").replace("*20260301*0915*7", "*000*0915*7")
    interchange = read(text)
    assert interchange.date is None
    assert codes(interchange.all_findings()) == ["interchange_date", "group_date"]


def test_two_sets_of_a_group_with_one_control_number_are_reported():
    text = envelope(("850", ORDER), ("850", ORDER)).replace("*0002", "*0001")
    assert codes(read(text).all_findings()) == ["set_control_repeated"]


def test_segments_outside_of_sets_are_kept():
    ta1 = "TA1*000000041*260301*0900*A*000~"
    text = PLAIN.replace("GS*", ta1 + "GS*").replace("GE*", "XXX*1~GE*")
    interchange = read(text)
    assert [segment.id for segment in interchange.loose_segments] == ["TA1", "XXX"]
    assert codes(interchange.all_findings()) == ["stray_segment"]


def test_an_interchange_without_groups_is_one():
    text = isa() + "TA1*000000041*260301*0900*A*000~IEA*0*000000042~"
    interchange = read(text)
    assert interchange.groups == ()
    assert interchange.all_findings() == ()


def test_a_forgotten_terminator_at_a_line_end_is_mended_and_reported():
    text = envelope(("850", ORDER), join="~\r\n   ", head=isa() + "\r\n").replace("*20260301~\r\n", "*20260301\r\n")
    interchange = read(text)
    beg, po1, ctt = interchange.groups[0].sets[0].segments
    assert (beg.get(5), po1.get(1), ctt.get(1)) == ("20260301", "1", "1")
    assert [item.line for item in (beg, po1, ctt)] == [4, 5, 6]
    assert codes(interchange.all_findings()) == ["terminator_missing"]


def test_a_file_folded_at_eighty_columns_is_unfolded():
    folded = "\r\n".join(PLAIN[at : at + 80] for at in range(0, len(PLAIN), 80))
    interchange = read(folded)
    assert [item.elements for item in interchange.groups[0].sets[0].segments] == [
        tuple(line.split("*")[1:]) for line in ORDER
    ]
    assert {finding.severity for finding in interchange.all_findings()} <= {Severity.INFO}


def test_a_line_break_inside_text_becomes_a_blank():
    segments = (*ORDER[:2], "MSG*first line\n     second line", ORDER[2])
    interchange = read(envelope(("850", segments), join="~\n", head=isa() + "\n"))
    assert interchange.groups[0].sets[0].segments[2].elements == ("first line second line",)
    assert codes(interchange.all_findings()) == ["wrapped_lines"]


def test_six_digit_years_turn_at_seventy():
    assert read(PLAIN.replace("*260301*", "*950613*")).date == dt.date(1995, 6, 13)
    assert read(PLAIN.replace("*260301*", "*690613*")).date == dt.date(2069, 6, 13)
