import datetime as dt

import pytest

from exchange.x12.acknowledgement import functional_acknowledgement
from exchange.x12.findings import X12Error
from exchange.x12.writer import Endpoint, Envelope
from tests.exchange.x12.texts import ORDER, envelope, read

US, PARTNER = Endpoint("ZZ", "RECEIVER", "RCV"), Endpoint("01", "SENDER", "SND")
ANSWER = Envelope(US, PARTNER, 501, dt.datetime(2026, 3, 1, 10, 0, tzinfo=dt.UTC))
GOOD = ("850", ORDER)


def lines(text: str, rejected: frozenset[tuple[str, str]] = frozenset()) -> list[str]:
    """The segments between ST and SE of the answer's first set."""
    answer = functional_acknowledgement(read(text), ANSWER, rejected)
    assert answer is not None
    interchange = read(answer)
    assert interchange.all_findings() == ()
    assert (interchange.receiver_id, interchange.groups[0].functional_id) == ("SENDER", "FA")
    return ["*".join((item.id, *item.elements)) for item in interchange.groups[0].sets[0].segments]


def test_a_good_interchange_is_accepted():
    assert lines(envelope(GOOD, GOOD)) == ["AK1*PO*7", "AK2*850*0001", "AK5*A", "AK2*850*0002", "AK5*A", "AK9*A*2*2*2"]


def test_wrong_counts_and_controls_are_named():
    text = envelope(GOOD).replace("SE*5*0001", "SE*6*0009").replace("GE*1*7", "GE*2*8")
    assert lines(text) == ["AK1*PO*7", "AK2*850*0001", "AK5*E*3*4", "AK9*E*2*1*1*4*5"]


def test_segments_and_elements_in_error_are_named_with_their_place():
    order = ("BEG*00*NE*PO-77**PO DATE", "ZZZ*1", "PO1*1*ten*EA", "CTT")
    assert lines(envelope(("850", order))) == [
        "AK1*PO*7",
        "AK2*850*0001",
        "AK3*BEG*2**8",
        "AK4*5**8",
        "AK3*ZZZ*3**2",
        "AK3*PO1*4**8",
        "AK4*2**6",
        "AK3*CTT*5**8",
        "AK4*1**1",
        "AK5*E*5",
        "AK9*E*1*1*1",
    ]


def test_a_missing_segment_is_named_at_its_loop():
    assert lines(envelope(("850", ORDER[:1]))) == [
        "AK1*PO*7", "AK2*850*0001", "AK3*BEG*2**3", "AK5*E*5", "AK9*E*1*1*1",
    ]  # fmt: skip


def test_rejected_sets_make_the_group_partly_accepted():
    answer = lines(envelope(GOOD, GOOD), frozenset({("7", "0002")}))
    assert answer == ["AK1*PO*7", "AK2*850*0001", "AK5*A", "AK2*850*0002", "AK5*R", "AK9*P*2*2*1"]


def test_a_set_of_unknown_kind_is_rejected():
    assert lines(envelope(("999", ("AAA*1",)))) == ["AK1*PO*7", "AK2*999*0001", "AK5*R*1", "AK9*R*1*1*0"]


def test_acknowledgements_are_not_acknowledged():
    received = envelope(("997", ("AK1*PO*7", "AK9*A*1*1*1")), group="FA")
    assert functional_acknowledgement(read(received), ANSWER) is None


def test_rubbish_as_segment_id_does_not_stop_the_answer():
    assert lines(envelope(("850", (*ORDER[:2], ">", ORDER[2]))))[2] == "AK3*??*4**2"


def test_control_numbers_are_repeated_even_when_they_are_too_long():
    text = envelope(GOOD).replace("*7*X", "*1234567890*X").replace("GE*1*7", "GE*1*1234567890")
    assert lines(text.replace("*0001", "*0003100001"))[:2] == ["AK1*PO*1234567890", "AK2*850*0003100001"]


def test_a_control_number_that_cannot_be_written_back_is_an_error():
    text = envelope(GOOD).replace("*7*X", "**X").replace("GE*1*7", "GE*1")
    with pytest.raises(X12Error):
        functional_acknowledgement(read(text), ANSWER)


def test_a_file_wrong_throughout_gets_a_bounded_answer():
    answer = lines(envelope(("850", (ORDER[0], *["ZZZ*1"] * 2000, *ORDER[1:]))))
    assert len(answer) == 504
