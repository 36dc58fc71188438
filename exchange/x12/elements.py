"""Elements by name, and the checks that every segment has to stand: mandatory, date, time, number."""

from collections.abc import Iterable
from functools import cache

from exchange.x12.findings import Finding, Severity
from exchange.x12.segments import Segment
from exchange.x12.sets import segment_elements
from exchange.x12.values import parse_date, parse_decimal, parse_integer, parse_time

_READERS = {
    "DT": (parse_date, "date"),
    "TM": (parse_time, "time"),
    "R": (parse_decimal, "number"),
    "N0": (parse_integer, "whole number"),
}


@cache
def element_index(segment_id: str, name: str) -> int:
    """1-based place of a named element (its first place when it repeats). Raises KeyError for a name there is
    not.
    """
    for index, element in enumerate(segment_elements()[segment_id], start=1):
        if element.name == name:
            return index
    raise KeyError(f"{segment_id}.{name}")


def value(segment: Segment | None, name: str) -> str:
    """A named element, "" when the segment or the element is not there."""
    return segment.get(element_index(segment.id, name)) if segment is not None else ""


def pairs(segment: Segment, qualifier: str, name: str) -> tuple[tuple[str, str], ...]:
    """The repeating (qualifier, value) pairs of a segment that have a value, such as part ids of a PO1."""
    first = element_index(segment.id, qualifier)
    offset = element_index(segment.id, name) - first
    found = ((segment.get(at), segment.get(at + offset)) for at in range(first, len(segment.elements) + 1, 2))
    return tuple((kind, text) for kind, text in found if text)


def check_elements(segments: Iterable[Segment]) -> tuple[Finding, ...]:
    """Warnings for missing mandatory elements and for dates, times and numbers that are none."""
    found: list[Finding] = []
    for segment in segments:
        found.extend(_check(segment))
    return tuple(found)


def _check(segment: Segment) -> Iterable[Finding]:
    for index, element in enumerate(segment_elements().get(segment.id, ()), start=1):
        text = segment.get(index)
        name = f"{segment.id}{index:02d} ({element.name})"
        if not text:
            if element.required:
                message = f"{name} is missing"
                yield Finding(Severity.WARNING, "element_missing", message, segment.position, index)
            continue
        reader, noun = _READERS.get(element.type, (None, ""))
        if reader and reader(text) is None:
            message = f"{name} is not a {noun}: {text[:40]!r}"
            code = f"element_not_{noun.rpartition(' ')[2]}"
            yield Finding(Severity.WARNING, code, message, segment.position, index)
