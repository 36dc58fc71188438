"""The four characters that an interchange chooses for itself, and finding them in its ISA segment."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from exchange.x12.findings import Finding, Position, Severity, X12Error

BLANKS = " \t\n"
"""What may stand around segments. Not `str.isspace`: the control characters 1C to 1F are favourite
separators.
"""

ISA_ELEMENTS = 16
ISA_MAX_ELEMENT = 80
ISA_MAX_LENGTH = 1_000
REPETITION_SINCE = "00402"

_ISA_START = re.compile(r"ISA(?=[^0-9A-Za-z \n])")
_NOT_INSIDE = re.compile(r"\n(?:GS|IEA)|[ \t\n]ISA$")
_MAX_CANDIDATES = 50


@dataclass(frozen=True, slots=True)
class Separators:
    """`component` and `repetition` are None where the interchange has none; `segment` "\\n" stands for any
    newline.
    """

    element: str = "*"
    component: str | None = ">"
    segment: str = "~"
    repetition: str | None = None

    def components(self, value: str) -> tuple[str, ...]:
        """Split a composite element."""
        return tuple(value.split(self.component)) if self.component else (value,)

    def repetitions(self, value: str) -> tuple[str, ...]:
        """Split a repeating element."""
        return tuple(value.split(self.repetition)) if self.repetition else (value,)

    def used(self) -> tuple[str, ...]:
        """The characters that no data may contain."""
        return tuple(mark for mark in (self.element, self.component, self.segment, self.repetition) if mark)


class IsaHeader(NamedTuple):
    """A found ISA: its sixteen elements as written, the separators, and where the next segment starts."""

    elements: tuple[str, ...]
    separators: Separators
    start: int
    end: int
    findings: tuple[Finding, ...]


def find_isa(text: str, start: int) -> int | None:
    """Offset of the next thing from `start` that reads like a whole ISA segment, None when there is none."""
    for attempt, match in enumerate(_ISA_START.finditer(text, start)):
        if attempt >= _MAX_CANDIDATES:
            return None
        if _isa_parts(text, match.start()) is not None:
            return match.start()
    return None


def read_isa(text: str, start: int, position: Position) -> IsaHeader:
    """Read the ISA at `start` by its element separator, not by fixed columns.

    Text holds "\\n" as its only newline. Raises X12Error when an element is missing or separators collide.
    """
    parts = _isa_parts(text, start)
    if parts is None:
        raise X12Error("isa_unreadable", "The ISA segment is cut off or has missing elements", position)
    elements = tuple(part.replace("\n", "") for part in parts[1:ISA_ELEMENTS])
    mark = text[start + 3]
    after = start + sum(len(part) + 1 for part in parts[:ISA_ELEMENTS])
    component, end, findings = _component(text, after, position)
    segment, end = _terminator(text, end, position)
    if component and segment == "\n" and _line_end(text, end) == component:
        # ISA16 was left out: what looked like a component separator ends every line, so it terminates.
        findings = (*findings, _no_component(position))
        separators = Separators(mark, None, component, _repetition(elements))
    else:
        separators = Separators(mark, component, segment, _repetition(elements))
    _refuse_collisions(separators, position)
    return IsaHeader((*elements, separators.component or ""), separators, start, end, findings)


def _isa_parts(text: str, start: int) -> list[str] | None:
    window = text[start : start + ISA_MAX_LENGTH]
    if len(window) <= 3:
        return None
    parts = window.split(window[3], ISA_ELEMENTS)
    if len(parts) <= ISA_ELEMENTS or any(len(part) > ISA_MAX_ELEMENT for part in parts[:ISA_ELEMENTS]):
        return None
    # The next segment, or another beginning, inside of it: this one is cut off or was only text.
    broken = any(_NOT_INSIDE.search(part) for part in parts[1:ISA_ELEMENTS])
    return None if broken else parts


def _component(text: str, at: int, position: Position) -> tuple[str | None, int, tuple[Finding, ...]]:
    if at >= len(text):
        raise X12Error("isa_unreadable", "The file ends inside the ISA segment", position)
    if text[at] == "\n":
        return None, at, (_no_component(position),)
    if text[at].isalnum() or text[at] == " ":
        message = f"ISA16 must be a separator character, not {text[at]!r}"
        raise X12Error("component_separator", message, position)
    return text[at], at + 1, ()


def _terminator(text: str, at: int, position: Position) -> tuple[str, int]:
    end = at
    while end < len(text) and text[end] in " \t":
        end += 1
    if end >= len(text) or text[end].isalnum():
        raise X12Error("segment_terminator", "No segment terminator follows the ISA segment", position)
    return text[end], end + 1


def _line_end(text: str, start: int) -> str:
    line_end = text.find("\n", start)
    line = text[start : line_end if line_end >= 0 else len(text)].rstrip(" \t")
    return line[-1:]


def _repetition(elements: tuple[str, ...]) -> str | None:
    mark, version = elements[10].strip(" "), elements[11].strip(" ")
    if version < REPETITION_SINCE or len(mark) != 1 or mark.isalnum():
        return None
    return mark


def _refuse_collisions(separators: Separators, position: Position) -> None:
    used = separators.used()
    if len(set(used)) != len(used):
        message = "Two of the separators in the ISA segment are the same character"
        raise X12Error("separators_collide", message, position)


def _no_component(position: Position) -> Finding:
    message = "ISA16 is missing, so the file has no component separator"
    return Finding(Severity.WARNING, "isa_component_missing", message, position, element=16)
