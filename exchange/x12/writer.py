"""Segments to text: the envelopes with their padding, counts and control numbers.

X12 has no way to escape a separator, so data that holds one cannot be written with it: `X12Error` says where,
and `free_separators` finds some that the data does not use. Nothing is cut or replaced on the way.
"""

import datetime as dt
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from exchange.x12.findings import X12Error
from exchange.x12.separators import REPETITION_SINCE, Separators
from exchange.x12.sets import segment_elements

DEFAULT_SEPARATORS = Separators()

_CANDIDATES = {"element": "*|^\x1d", "component": ">:<\x1f", "segment": "~'\x1c\x1e", "repetition": "^!%\x1b"}

Row = Sequence[str]
"""A segment to write: its id and its elements."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One side of the exchange: interchange qualifier and id (ISA05 to ISA08), group code (GS02, GS03;
    default id).
    """

    qualifier: str
    id: str
    group_code: str = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the ISA and GS segments say. `at` is written as it is, in the sender's own time."""

    sender: Endpoint
    receiver: Endpoint
    control_number: int
    at: dt.datetime
    version: str = "00401"
    group_version: str = "004010"
    usage: str = "P"
    acknowledgement_requested: bool = False
    separators: Separators = field(default_factory=Separators)
    line_breaks: bool = True


@dataclass(frozen=True, slots=True)
class OutgoingSet:
    """A transaction set to write, without its ST and SE."""

    set_id: str
    control_number: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class OutgoingGroup:
    """A functional group to write, without its GS and GE."""

    functional_id: str
    control_number: int
    sets: tuple[OutgoingSet, ...]


def write_interchange(envelope: Envelope, groups: Sequence[OutgoingGroup]) -> str:
    """The whole interchange as text.

    Raises X12Error: `separator_in_data`, `element_too_long`, `element_missing`, `control_number`,
    `separators_collide`.
    """
    marks = envelope.separators
    _refuse_bad_separators(marks)
    lines = [_isa(envelope)]
    for group in groups:
        rows = list(_group_rows(envelope, group))
        lines.extend(_line(row, marks) for row in rows)
    lines.append(_line(("IEA", str(len(groups)), _control(envelope.control_number, 9)), marks))
    ending = marks.segment + ("\n" if envelope.line_breaks and marks.segment != "\n" else "")
    return "".join(line + ending for line in lines)


def free_separators(rows: Iterable[Row], preferred: Separators = DEFAULT_SEPARATORS) -> Separators:
    """The preferred separators where the data does not hold them, others where it does. X12Error if none is
    left.
    """
    used = {mark for row in rows for text in row for mark in text}
    chosen: dict[str, str] = {}
    for role in ("element", "component", "segment", "repetition"):
        wanted = getattr(preferred, role)
        if wanted is None:
            continue
        taken = used | set(chosen.values())
        free = next((mark for mark in (wanted, *_CANDIDATES[role]) if mark not in taken), None)
        if free is None:
            raise X12Error("separator_in_data", f"No character is left to serve as {role} separator")
        chosen[role] = free
    return Separators(chosen["element"], chosen.get("component"), chosen["segment"], chosen.get("repetition"))


def _refuse_bad_separators(marks: Separators) -> None:
    used = marks.used()
    inner = (marks.element, marks.component, marks.repetition)
    if len(set(used)) != len(used) or marks.component is None:
        raise X12Error("separators_collide", "Writing needs three different separators")
    if any(len(mark) != 1 or mark.isalnum() or mark in " \t\r" for mark in used) or "\n" in inner:
        raise X12Error("separators_collide", "A separator is one character, neither letter nor digit nor blank")


def _isa(envelope: Envelope) -> str:
    marks = envelope.separators
    repetition = marks.repetition if marks.repetition and envelope.version >= REPETITION_SINCE else "U"
    elements = (
        "ISA",
        "00",
        " " * 10,
        "00",
        " " * 10,
        _padded(envelope.sender.qualifier, 2),
        _padded(envelope.sender.id, 15),
        _padded(envelope.receiver.qualifier, 2),
        _padded(envelope.receiver.id, 15),
        f"{envelope.at:%y%m%d}",
        f"{envelope.at:%H%M}",
        repetition,
        _padded(envelope.version, 5),
        _control(envelope.control_number, 9),
        "1" if envelope.acknowledgement_requested else "0",
        _padded(envelope.usage, 1),
    )
    for text in elements:
        _refuse_separators(text, marks, "ISA", repetition)
    return marks.element.join((*elements, marks.component or ""))


def _group_rows(envelope: Envelope, group: OutgoingGroup) -> Iterable[Row]:
    number = _control(group.control_number, 1)
    sender, receiver = envelope.sender, envelope.receiver
    yield (
        "GS",
        group.functional_id,
        sender.group_code or sender.id,
        receiver.group_code or receiver.id,
        f"{envelope.at:%Y%m%d}",
        f"{envelope.at:%H%M}",
        number,
        "X",
        envelope.group_version,
    )
    for transaction in group.sets:
        yield ("ST", transaction.set_id, transaction.control_number)
        yield from transaction.rows
        yield ("SE", str(len(transaction.rows) + 2), transaction.control_number)
    yield ("GE", str(len(group.sets)), number)


def _line(row: Row, marks: Separators) -> str:
    elements = list(row)
    while len(elements) > 1 and not elements[-1]:
        elements.pop()
    for text in elements:
        _refuse_separators(text, marks, row[0])
    _refuse_lengths(elements)
    return marks.element.join(elements)


def _refuse_separators(text: str, marks: Separators, segment_id: str, allowed: str = "") -> None:
    for mark in (*marks.used(), "\n", "\r"):
        if mark in text and text != allowed:
            message = f"{segment_id}: {text[:40]!r} holds {mark!r}, which separates elements or segments"
            raise X12Error("separator_in_data", message)


def _refuse_lengths(elements: list[str]) -> None:
    known = segment_elements().get(elements[0], ())
    for number, element in enumerate(known, start=1):
        text = elements[number] if number < len(elements) else ""
        name = f"{elements[0]}{number:02d} ({element.name})"
        if element.required and not text:
            raise X12Error("element_missing", f"{name} is mandatory and there is nothing to write")
        # Signs and decimal points do not count towards the length of a number.
        length = len(text.replace("-", "").replace(".", "")) if element.type == "R" else len(text)
        if length > element.most:
            raise X12Error("element_too_long", f"{name} takes {element.most} characters: {text[:90]!r}")


def wrapped(text: str, width: int, most: int) -> list[str]:
    """Free text as pieces of at most `width` characters, broken between words where it can be.

    Raises X12Error `text_too_long` when more than `most` pieces would be needed.
    """
    pieces = textwrap.wrap(text, width)
    if len(pieces) > most:
        raise X12Error("text_too_long", f"The text needs more than {most} lines of {width} characters: {text[:60]!r}")
    return pieces


def _padded(text: str, width: int) -> str:
    if len(text) > width:
        raise X12Error("element_too_long", f"The ISA segment takes {width} characters here: {text!r}")
    return text.ljust(width)


def _control(number: int, width: int) -> str:
    if not 0 < number <= 999_999_999:
        raise X12Error("control_number", f"A control number has one to nine digits and is above zero: {number}")
    return str(number).zfill(width)
