import datetime as dt
from decimal import Decimal

import pytest

from exchange.x12.findings import X12Error
from exchange.x12.separators import Separators
from exchange.x12.values import format_date, format_decimal
from exchange.x12.writer import (
    Endpoint,
    Envelope,
    OutgoingGroup,
    OutgoingSet,
    free_separators,
    wrapped,
    write_interchange,
)
from tests.exchange.x12.texts import read

AT = dt.datetime(2026, 3, 1, 9, 15, tzinfo=dt.UTC)
SENDER, RECEIVER = Endpoint("01", "SENDER", "SND"), Endpoint("ZZ", "RECEIVER", "RCV")
PLAIN = Envelope(SENDER, RECEIVER, 42, AT)
ROWS = (("BEG", "00", "NE", "PO-77", "", "20260301"), ("PO1", "1", "10", "EA", "1.25", "PE", "BP", "C", "", ""))


def group(*rows: tuple[str, ...]) -> list[OutgoingGroup]:
    return [OutgoingGroup("PO", 7, (OutgoingSet("850", "0001", rows),))]


def refusal(envelope: Envelope, *rows: tuple[str, ...]) -> str:
    with pytest.raises(X12Error) as caught:
        write_interchange(envelope, group(*rows))
    return caught.value.code


def test_an_interchange_is_written_to_the_letter():
    assert write_interchange(PLAIN, group(*ROWS)) == (
        "ISA*00*          *00*          *01*SENDER         *ZZ*RECEIVER       "
        "*260301*0915*U*00401*000000042*0*P*>~\n"
        "GS*PO*SND*RCV*20260301*0915*7*X*004010~\n"
        "ST*850*0001~\n"
        "BEG*00*NE*PO-77**20260301~\n"
        "PO1*1*10*EA*1.25*PE*BP*C~\n"
        "SE*4*0001~\n"
        "GE*1*7~\n"
        "IEA*1*000000042~\n"
    )


def test_the_isa_has_its_fixed_width():
    text = write_interchange(PLAIN, group(*ROWS))
    assert len(text.split("\n")[0]) == 106


def test_several_groups_and_sets_are_counted():
    sets = tuple(OutgoingSet("850", f"{number:04d}", ROWS) for number in (1, 2, 3))
    text = write_interchange(PLAIN, [OutgoingGroup("PO", 7, sets[:1]), OutgoingGroup("PO", 8, sets)])
    interchange = read(text)
    assert interchange.all_findings() == ()
    assert [len(item.sets) for item in interchange.groups] == [1, 3]


def test_options_of_the_envelope_come_through():
    marks = Separators("|", ":", "\n", "^")
    options = Envelope(
        Endpoint("14", "US"), RECEIVER, 999_999_999, AT, "00501", "005010", "T", True, marks, line_breaks=False
    )
    interchange = read(write_interchange(options, group(*ROWS)))
    assert interchange.separators == marks
    assert (interchange.usage, interchange.acknowledgement_requested) == ("T", True)
    assert (interchange.version, interchange.control_number) == ("00501", "999999999")
    assert (interchange.groups[0].sender, interchange.groups[0].version) == ("US", "005010")
    assert interchange.all_findings() == ()


def test_data_that_holds_a_separator_is_refused_not_changed():
    assert refusal(PLAIN, ("MSG", "5*6")) == "separator_in_data"
    assert refusal(PLAIN, ("MSG", "about ~5")) == "separator_in_data"
    assert refusal(PLAIN, ("MSG", "two\nlines")) == "separator_in_data"
    assert refusal(Envelope(Endpoint("01", "A*B"), RECEIVER, 1, AT), *ROWS) == "separator_in_data"


def test_free_separators_avoid_what_the_data_holds():
    assert free_separators([("MSG", "plain")]) == Separators("*", ">", "~", None)
    assert free_separators([("MSG", "5*6 > ~5")]) == Separators("|", ":", "'", None)
    assert free_separators([("A", "^")], Separators(repetition="^")) == Separators("*", ">", "~", "!")
    with pytest.raises(X12Error):
        free_separators([("MSG", "~'\x1c\x1e")])


def test_elements_that_are_too_long_or_missing_are_refused():
    assert refusal(PLAIN, ("N1", "ST", "x" * 61)) == "element_too_long"
    assert refusal(PLAIN, ("BEG", "00", "NE", "", "", "20260301")) == "element_missing"
    assert refusal(Envelope(Endpoint("01", "x" * 16), RECEIVER, 1, AT), *ROWS) == "element_too_long"
    assert refusal(PLAIN, ("AMT", "TT", "9" * 19)) == "element_too_long"
    assert read(write_interchange(PLAIN, group(("AMT", "TT", "-" + "9" * 16 + ".99")))).groups


@pytest.mark.parametrize("number", [0, -1, 1_000_000_000])
def test_control_numbers_have_one_to_nine_digits(number: int):
    assert refusal(Envelope(SENDER, RECEIVER, number, AT), *ROWS) == "control_number"


@pytest.mark.parametrize(
    "marks",
    [
        Separators("*", "*", "~"),
        Separators("*", None, "~"),
        Separators("A", ">", "~"),
        Separators(" ", ">", "~"),
        Separators("\n", ">", "~"),
        Separators("**", ">", "~"),
    ],
)
def test_separators_that_could_not_be_read_back_are_refused(marks: Separators):
    assert refusal(Envelope(SENDER, RECEIVER, 1, AT, separators=marks), *ROWS) == "separators_collide"


def test_free_text_is_wrapped_between_words():
    assert wrapped("one two three", 7, 5) == ["one two", "three"]
    assert wrapped("", 7, 5) == []
    with pytest.raises(X12Error):
        wrapped("one two three", 3, 2)


def test_numbers_and_dates_are_written_plainly():
    numbers = ["5", "5.00", "1500", "1E+3", "0.10", "0.000", "-2.50"]
    written = [format_decimal(Decimal(text)) for text in numbers]
    assert written == ["5", "5", "1500", "1000", "0.1", "0", "-2.5"]
    assert (format_decimal(None), format_decimal(7), format_date(None)) == ("", "7", "")
    assert format_date(dt.date(2026, 3, 1)) == "20260301"
