"""Bytes to interchanges: encoding, separators, segments, and the ISA/GS/ST envelopes with their counts.

Tolerant of how real files look (byte order marks, indentation, line breaks after or instead of terminators, a
last segment without terminator, identifiers of wrong width, trailing rubbish); what is wrong but readable
becomes a finding. Impossible structure, truncation and absurd sizes raise `X12Error`. One pass, linear in the
size of the file.
"""

import codecs
from collections.abc import Callable

from exchange.x12.findings import Finding, Position, Severity, X12Error
from exchange.x12.interchange import Group, Interchange, TransactionSet, X12File
from exchange.x12.segments import NUL_AND_EOF, Cursor, Limits, Segment
from exchange.x12.separators import BLANKS, IsaHeader, find_isa, read_isa
from exchange.x12.values import parse_date, parse_integer, parse_time, same_number

DEFAULT_LIMITS = Limits()

_LOOSE_ALLOWED = frozenset({"TA1", "ISB", "ISE", "TA3"})
"""Interchange-level segments that may stand between ISA and GS."""


def decode(data: bytes) -> tuple[str, str]:
    """Text and the name of its encoding: UTF-8, UTF-16 by its byte order mark, else Windows-1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16"), "utf-16"
        except UnicodeDecodeError as error:
            raise X12Error("encoding", "The file starts as UTF-16 and is not") from error
    data = data.removeprefix(codecs.BOM_UTF8)
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "latin-1"


def read_interchanges(data: bytes, limits: Limits = DEFAULT_LIMITS) -> X12File:
    """Read every interchange of a file.

    Raises X12Error: `too_large`, `not_x12`, `isa_unreadable`, `truncated`, `structure`, `segment_too_long`,
    ...
    """
    if len(data) > limits.max_bytes:
        raise X12Error("too_large", f"The file has {len(data)} bytes; at most {limits.max_bytes} are read")
    text, encoding = decode(data)
    # One kind of newline from here on, so that a CR, LF or CRLF terminator is one and the same.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    cursor = Cursor(text, limits)
    start = find_isa(text, 0)
    if start is None:
        raise X12Error("not_x12", "The file holds no readable ISA segment, so it is not an X12 interchange")
    findings = _rubbish(text[:start], cursor, "leading_data", "Text before the first ISA segment was ignored")
    interchanges: list[Interchange] = []
    while start is not None:
        cursor.move_to(start)
        interchanges.append(_InterchangeReader(cursor).read())
        behind = cursor.offset
        start = find_isa(text, behind)
        between = text[behind : len(text) if start is None else start]
        findings += _rubbish(between, cursor, "trailing_data", "Text after the IEA segment was ignored")
    return X12File(tuple(interchanges), encoding, tuple(findings))


def _rubbish(text: str, cursor: Cursor, code: str, message: str) -> list[Finding]:
    if not text.strip(BLANKS + NUL_AND_EOF + "\ufeff"):
        return []
    return [Finding(Severity.WARNING, code, message, cursor.position())]


class _InterchangeReader:
    """Reads the one interchange whose ISA is at the cursor. A state: the open group and set, and what they
    hold.
    """

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.findings: list[Finding] = []
        self.loose: list[Segment] = []
        self.groups: list[Group] = []
        self.group: Segment | None = None
        self.group_findings: list[Finding] = []
        self.sets: list[TransactionSet] = []
        self.set: Segment | None = None
        self.segments: list[Segment] = []
        self.known_controls: set[str] = set()
        self.handlers: dict[str, Callable[[Segment], None]] = {
            "GS": self._open_group,
            "GE": self._close_group,
            "ST": self._open_set,
            "SE": self._close_set,
        }

    def read(self) -> Interchange:
        cursor = self.cursor
        cursor.number += 1
        cursor.start_interchange()
        position = cursor.position("ISA")
        self.header = header = read_isa(cursor.text, cursor.offset, position)
        self.findings.extend(header.findings)
        cursor.move_to(header.end)
        for segment in cursor.segments(header.separators):
            if segment.id == "IEA":
                return self._interchange(header, position, segment)
            self._take(segment)
        message = "The file ends before the IEA segment: it was cut off"
        raise X12Error("truncated", message, cursor.position())

    def _take(self, segment: Segment) -> None:
        handler = self.handlers.get(segment.id)
        if handler:
            handler(segment)
        elif self.set is not None:
            self.segments.append(segment)
        elif segment.id == "ISA":
            raise X12Error("structure", "A new ISA starts before the IEA of the last one", segment.position)
        else:
            self._stray(segment)

    def _stray(self, segment: Segment) -> None:
        self.loose.append(segment)
        if self.group is not None or segment.id not in _LOOSE_ALLOWED:
            self._warn(self.findings, "stray_segment", f"{segment.id} stands outside any transaction set", segment)

    def _open_group(self, segment: Segment) -> None:
        if self.group is not None:
            raise X12Error("structure", "A GS starts before the GE of the last group", segment.position)
        self.group, self.group_findings, self.sets, self.known_controls = segment, [], [], set()

    def _open_set(self, segment: Segment) -> None:
        if self.group is None:
            raise X12Error("structure", "An ST stands outside any group", segment.position)
        if self.set is not None:
            raise X12Error("structure", "An ST starts before the SE of the last set", segment.position)
        self.set, self.segments = segment, []

    def _close_set(self, segment: Segment) -> None:
        opened = self.set
        if opened is None or self.group is None:
            raise X12Error("structure", "An SE without its ST", segment.position)
        findings: list[Finding] = []
        actual = segment.number - opened.number + 1
        self._check_count(findings, segment, actual, "set_segment_count", "segments")
        self._check_control(findings, segment, opened.get(2), "set_control_number")
        if opened.get(2) in self.known_controls:
            self._warn(findings, "set_control_repeated", "An earlier set of the group has this number", opened, 2)
        self.known_controls.add(opened.get(2))
        self.sets.append(
            TransactionSet(
                set_id=opened.get(1),
                control_number=opened.get(2),
                segments=tuple(self.segments),
                position=opened.position,
                separators=self.header.separators,
                version=self.group.get(8),
                convention=opened.get(3),
                findings=tuple(findings),
            )
        )
        self.set, self.segments = None, []

    def _close_group(self, segment: Segment) -> None:
        opened = self.group
        if opened is None or self.set is not None:
            raise X12Error("structure", "A GE without its GS, or before the SE of its set", segment.position)
        findings = self.group_findings
        self._check_count(findings, segment, len(self.sets), "group_set_count", "transaction sets")
        self._check_control(findings, segment, opened.get(6), "group_control_number")
        when = parse_date(opened.get(4))
        if when is None:
            self._warn(findings, "group_date", f"GS04 is not a date: {opened.get(4)!r}", opened, 4)
        self.groups.append(
            Group(
                functional_id=opened.get(1),
                sender=opened.get(2),
                receiver=opened.get(3),
                date=when,
                time=parse_time(opened.get(5)),
                control_number=opened.get(6),
                version=opened.get(8),
                sets=tuple(self.sets),
                position=opened.position,
                declared_sets=parse_integer(segment.get(1)),
                findings=tuple(findings),
            )
        )
        self.group = None

    def _interchange(self, header: IsaHeader, position: Position, trailer: Segment) -> Interchange:
        if self.set is not None or self.group is not None:
            raise X12Error("structure", "The IEA comes before the SE and GE that must close", trailer.position)
        isa = Segment("ISA", header.elements, position.segment, position.line)
        self._check_count(self.findings, trailer, len(self.groups), "interchange_group_count", "groups")
        self._check_control(self.findings, trailer, isa.get(13), "interchange_control_number")
        when = parse_date(isa.get(9))
        if when is None:
            self._warn(self.findings, "interchange_date", f"ISA09 is not a date: {isa.get(9)!r}", isa, 9)
        if self.cursor.wrapped:
            message = "Line breaks inside segments were taken out"
            self.findings.append(Finding(Severity.INFO, "wrapped_lines", message, self.cursor.wrapped))
        if self.cursor.unclosed:
            count, first = len(self.cursor.unclosed), self.cursor.unclosed[0]
            message = f"A line break ended {count} segment(s) that lack their terminator"
            self.findings.append(Finding(Severity.WARNING, "terminator_missing", message, first))
        return Interchange(
            sender_qualifier=isa.get(5),
            sender_id=isa.get(6),
            receiver_qualifier=isa.get(7),
            receiver_id=isa.get(8),
            date=when,
            time=parse_time(isa.get(10)),
            version=isa.get(12),
            control_number=isa.get(13),
            acknowledgement_requested=isa.get(14) == "1",
            usage=isa.get(15),
            separators=header.separators,
            groups=tuple(self.groups),
            position=position,
            loose_segments=tuple(self.loose),
            findings=tuple(self.findings),
        )

    def _check_count(self, findings: list[Finding], trailer: Segment, actual: int, code: str, noun: str) -> None:
        declared = trailer.get(1)
        if parse_integer(declared) != actual:
            message = f"{trailer.id}01 says {declared or 'nothing'}, there are {actual} {noun}"
            self._warn(findings, code, message, trailer, 1)

    def _check_control(self, findings: list[Finding], trailer: Segment, opened: str, code: str) -> None:
        closed = trailer.get(2)
        if not same_number(opened, closed):
            message = f"Control number {opened!r} is closed as {closed!r}"
            self._warn(findings, code, message, trailer, 2)

    @staticmethod
    def _warn(findings: list[Finding], code: str, message: str, segment: Segment, element: int | None = None) -> None:
        findings.append(Finding(Severity.WARNING, code, message, segment.position, element))
