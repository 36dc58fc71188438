"""What cannot be read at all: one clear error, and soon."""

import time
from contextlib import suppress

import pytest

from exchange.x12.envelope import read_interchanges
from exchange.x12.findings import X12Error
from exchange.x12.segments import Limits
from tests.exchange.x12.texts import ORDER, envelope, isa

PLAIN = envelope(("850", ORDER))


def refusal(text: str | bytes, limits: Limits | None = None) -> X12Error:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(X12Error) as caught:
        read_interchanges(data, limits or Limits())
    return caught.value


@pytest.mark.parametrize("text", ["", "   ", "hello", "ISA", "ISA*", "UNB+UNOA:1+A+B'", "ISAAC*was*here", "\x00" * 99])
def test_text_that_is_not_x12(text: str):
    assert refusal(text).code == "not_x12"


def test_utf16_that_is_none():
    assert refusal(b"\xff\xfe\x00").code == "encoding"


def test_every_truncation_is_an_error_or_a_finding():
    closed = PLAIN.index("IEA*1*")
    for length in range(len(PLAIN) - 1):
        if length < closed + len("IEA"):
            refusal(PLAIN[:length])
            continue
        result = read_interchanges(PLAIN[:length].encode())
        assert result.all_findings() or PLAIN[:length].endswith("IEA*1*000000042")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("GE*1*7~", ""),
        ("SE*5*0001~", ""),
        ("ST*850*0001~", ""),
        ("GS*PO*SND*RCV*20260301*0915*7*X*004010~", ""),
        ("SE*5*0001~", "SE*5*0001~SE*5*0001~"),
        ("CTT*1*10~", "ST*850*0002~"),
        ("GE*1*7~", "GS*PO*SND*RCV*20260301*0915*8*X*004010~GE*1*7~"),
        ("GE*1*7~", "GE*1*7~ISA*00~"),
    ],
)
def test_impossible_structure(old: str, new: str):
    assert refusal(PLAIN.replace(old, new)).code == "structure"


def test_the_error_says_where():
    error = refusal(envelope(("850", ORDER), join="~\n", head=isa() + "\n").replace("SE*5*0001~\n", ""))
    assert error.position is not None
    assert (error.position.line, error.position.segment_id) == (7, "GE")
    assert str(error).endswith("(line 7, segment 7)")


@pytest.mark.parametrize(
    ("ending", "code"),
    [
        ("*~", "separators_collide"),
        ("~~", "separators_collide"),
        ("A~", "component_separator"),
        (">B", "segment_terminator"),
    ],
)
def test_impossible_separators(ending: str, code: str):
    assert refusal(envelope(("850", ORDER), head=isa(ending=ending))).code == code


def test_blanks_between_the_component_separator_and_the_terminator_do_not_matter():
    result = read_interchanges(envelope(("850", ORDER), head=isa(ending=">  ~")).encode())
    assert result.interchanges[0].separators.segment == "~"


def test_the_search_for_an_isa_gives_up_on_text_that_only_looks_like_it():
    assert refusal("ISA*short " * 60 + PLAIN).code == "not_x12"


def test_an_isa_with_missing_elements():
    assert refusal("ISA*00*          *00*          *01*SENDER\nGS*PO*A*B*1*2*3*X*4~" + "ST*1~" * 20).code == "not_x12"


def test_sizes_are_bounded():
    assert refusal(PLAIN, Limits(max_bytes=100)).code == "too_large"
    long = PLAIN.replace("C-100", "C" * 50_000)
    assert refusal(long).code == "element_too_long"
    assert refusal(PLAIN.replace("C-100", "C*" * 50_000)).code == "segment_too_long"
    assert refusal(isa() + "GS*" + "A" * 5_000_000).code == "segment_too_long"


@pytest.mark.parametrize(
    "text",
    [
        "ISA*" * 500_000,
        "ISA*1*2*3*4*5*6*7*8*9*0*1*2*3*4*5*" * 50_000,
        (isa(ending=">!") + "\nIEA*0*000000042\n") * 12_000,
        isa() + "\n" + "A\n" * 1_000_000,
        isa() + "~" * 2_000_000,
        isa() + "GS~" + "X*1~" * 400_000,
    ],
    ids=["isa only", "isa and elements", "unterminated interchanges", "lines", "terminators", "segments"],
)
def test_hostile_input_ends_quickly(text: str):
    started = time.process_time()
    with suppress(X12Error):
        read_interchanges(text.encode())
    assert time.process_time() - started < 15
