"""What must hold for any input: round trips with any separators, and nothing but X12Error from any bytes."""

import datetime as dt
import string

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange.x12.acknowledgement import functional_acknowledgement
from exchange.x12.elements import check_elements
from exchange.x12.envelope import read_interchanges
from exchange.x12.findings import X12Error
from exchange.x12.purchase_order import read_850
from exchange.x12.segments import Limits
from exchange.x12.separators import Separators
from exchange.x12.tree import parse_loops
from exchange.x12.writer import Endpoint, Envelope, OutgoingGroup, OutgoingSet, free_separators, write_interchange
from tests.exchange.x12.texts import ORDER, envelope, isa

AT = dt.datetime(2026, 3, 1, 9, 15, tzinfo=dt.UTC)
MARKS = "*|^~}!'`:<>+?%#;=\x1c\x1d\x1e\x1f"
UNNAMED = st.sampled_from(["ZZZ", "AB1", "QQ", "X9"])

separators = st.builds(
    lambda marks, newline, repeats: Separators(
        marks[0], marks[1], "\n" if newline else marks[2], marks[3] if repeats else None
    ),
    st.permutations(MARKS),
    st.booleans(),
    st.booleans(),
)
letters = st.characters(codec="utf-8", exclude_characters=MARKS, categories=["L", "N", "P", "S", "Zs"])
texts = st.text(letters, max_size=40)
rows = st.lists(st.builds(lambda head, tail: (head, *tail), UNNAMED, st.lists(texts, max_size=8)), max_size=12)


def trimmed(row: tuple[str, ...]) -> tuple[str, ...]:
    elements = list(row)
    while len(elements) > 1 and not elements[-1]:
        elements.pop()
    return tuple(elements)


# building the alphabet takes its time on a busy machine, which says nothing about the code
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    sets=st.lists(rows, min_size=1, max_size=3),
    marks=separators,
    breaks=st.booleans(),
    number=st.integers(1, 999_999_999),
)
def test_what_is_written_is_read_back(sets, marks, breaks, number):
    out = [OutgoingSet("850", f"{at:04d}", tuple(item)) for at, item in enumerate(sets, start=1)]
    head = Envelope(
        Endpoint("01", "SENDER"), Endpoint("ZZ", "RECEIVER"), number, AT, "00501", "005010", separators=marks,
        line_breaks=breaks,
    )  # fmt: skip
    text = write_interchange(head, [OutgoingGroup("PO", number, tuple(out))])
    (found,) = read_interchanges(text.encode()).interchanges
    assert found.separators == marks
    assert found.all_findings() == ()
    assert found.control_number == f"{number:09d}"
    got = [[(item.id, *item.elements) for item in transaction.segments] for _, transaction in found.sets()]
    assert got == [[trimmed(row) for row in item] for item in sets]


@given(rows=rows)
def test_free_separators_can_always_write_what_they_were_chosen_for(rows):
    marks = free_separators(rows)
    assert not set(marks.used()) & {mark for row in rows for text in row for mark in text}


def expected(error: X12Error, *wanted: str) -> None:
    assert error.code in wanted


def survive(data: bytes) -> None:
    """Read as far as it goes: interchanges, loops, checks, orders, acknowledgement. Only X12Error may come out."""
    try:
        result = read_interchanges(data, Limits(max_bytes=200_000, max_segment=2_000, max_element=1_000))
    except X12Error:
        return
    answer = Envelope(Endpoint("ZZ", "US"), Endpoint("ZZ", "THEM"), 1, AT)
    for interchange in result.interchanges:
        for _, transaction in interchange.sets():
            check_elements(transaction.segments)
            try:
                tree = parse_loops(transaction)
                assert tuple(tree.root.walk()) == transaction.segments
                read_850(transaction)
            except X12Error as error:
                expected(error, "set_unknown", "wrong_set")
        try:
            functional_acknowledgement(interchange, answer)
        except X12Error as error:
            expected(error, "separator_in_data", "element_too_long", "element_missing")


@given(st.binary(max_size=600))
def test_any_bytes_are_read_or_refused_with_a_reason(data):
    survive(data)


@given(st.binary(max_size=400))
def test_any_bytes_behind_an_isa_are_read_or_refused_with_a_reason(data):
    survive(isa().encode() + data)
    survive(isa().encode() + b"GS*PO*A*B*20260301*0915*7*X*004010~ST*850*0001~" + data)


SOURCE = envelope(
    ("850", (*ORDER, "N1*ST*X", "SCH*1*EA***002*20260401", "AMT*TT*1")),
    ("997", ("AK1*PO*7", "AK9*A*1*1*1")),
    join="~\r\n  ",
    head=isa("00501", repetition="^") + "\r\n",
).encode()

INSERTS = [b"*", b"~", b">", b"ISA*", b"~ST*", b"\r\n", b"IEA"]
edits = st.lists(
    st.tuples(st.integers(0, len(SOURCE)), st.integers(0, 12), st.binary(max_size=6) | st.sampled_from(INSERTS)),
    max_size=6,
)  # fmt: skip


@settings(max_examples=400)
@given(edits=edits, length=st.integers(0, len(SOURCE) + 40))
def test_mutations_and_truncations(edits, length):
    data = SOURCE
    for at, cut, insert in edits:
        data = data[:at] + insert + data[at + cut :]
    survive(data[:length])


segment_soup = st.lists(
    st.tuples(
        st.sampled_from(
            ["BEG", "N1", "N3", "REF", "PO1", "PID", "SCH", "CTT", "AMT", "LS", "LE", "LDT", "N9", "MSG", "SLN"]
        ),
        st.lists(st.text(string.ascii_letters + string.digits + ".-E ", max_size=12), max_size=9),
    ),
    max_size=40,
)


@settings(max_examples=200)
@given(soup=segment_soup)
def test_any_order_of_known_segments_with_any_content(soup):
    segments = tuple("*".join((head, *elements)) for head, elements in soup)
    survive(envelope(("850", segments)).encode())
