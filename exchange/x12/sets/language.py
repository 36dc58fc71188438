"""The small language in which transaction sets and segments are written down.

A set is an indented list. Every item is a segment id with its greatest number of uses (1 when left out, `*`
for unbounded) and a `!` when it must be there. Items that stand side by side are divided by commas; an item
followed by a colon starts a loop, whose rest stands behind the colon or indented on the lines below, in the
order of the standard:

    BEG!
    REF *
    N1 200: N2 2, N3 2, N4 *
    PO1 100000:
        PID 1000: MEA 10
        DTM 10

A segment is one line: `W05: status!ID1/1 order_number!AN1/22 purchase_order=AN1/22`, that is the name of each
element in order, `!` for mandatory or `=` for optional, type (AN, ID, R, N0, N2, DT, TM) and least and
greatest length. `10(...)` repeats the elements in brackets ten times.
"""

import re
from dataclasses import dataclass, field

UNBOUNDED = 0


@dataclass(frozen=True, slots=True)
class Use:
    """A segment at its place in a loop; `most` is how often it may stand there, 0 without bound."""

    id: str
    most: int = 1
    required: bool = False


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop named after its first segment. `parts` follow that segment in order; `index` finds them by
    segment id.
    """

    id: str
    most: int = 1
    required: bool = False
    parts: "tuple[Use | Loop, ...]" = ()
    index: dict[str, tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Element:
    """One named element: its X12 type and lengths."""

    name: str
    type: str
    least: int
    most: int
    required: bool


_ITEM = re.compile(r"([A-Z][A-Z0-9]{1,2})(!?)(?: (\d+|\*))?")
_ELEMENT = re.compile(r"(\w+)([!=])([A-Z][A-Z0-9]?)(\d+)/(\d+)")
_REPEAT = re.compile(r"(\d+)\(([^)]*)\)")


def parse_set(set_id: str, text: str) -> Loop:
    """The loop table of a set; the outermost loop bears the set's number. ValueError for a bad line."""
    written = (line.rstrip() for line in text.splitlines())
    lines = [line for line in written if line and not line.lstrip().startswith("#")]
    parts, rest = _parts(lines, 0)
    if rest:
        raise ValueError(f"{set_id}: unexpected indentation at {rest[0]!r}")
    return _loop(set_id, 1, required=True, parts=parts)


def parse_elements(text: str) -> dict[str, tuple[Element, ...]]:
    """Named elements by segment id. Raises ValueError for a bad line."""
    table = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            segment_id, _, rest = line.partition(":")
            table[segment_id.strip()] = _elements(segment_id, rest)
    return table


def _elements(segment_id: str, text: str) -> tuple[Element, ...]:
    expanded = _REPEAT.sub(lambda match: " ".join([match.group(2)] * int(match.group(1))), text)
    elements = []
    for word in expanded.split():
        match = _ELEMENT.fullmatch(word)
        if match is None:
            raise ValueError(f"{segment_id}: cannot read element {word!r}")
        name, required, kind, least, most = match.groups()
        elements.append(Element(name, kind, int(least), int(most), required == "!"))
    return tuple(elements)


def _parts(lines: list[str], indent: int) -> "tuple[tuple[Use | Loop, ...], list[str]]":
    parts: list[Use | Loop] = []
    while lines and _indent(lines[0]) == indent:
        line, lines = lines[0].strip(), lines[1:]
        head, colon, inline = line.partition(":")
        if not colon:
            parts.extend(_use(item) for item in line.split(","))
            continue
        inner: tuple[Use | Loop, ...] = tuple(_use(item) for item in inline.split(",") if item.strip())
        if lines and _indent(lines[0]) > indent:
            below, lines = _parts(lines, _indent(lines[0]))
            inner += below
        first = _use(head)
        parts.append(_loop(first.id, first.most, required=first.required, parts=inner))
    return tuple(parts), lines


def _use(item: str) -> Use:
    match = _ITEM.fullmatch(item.strip())
    if match is None:
        raise ValueError(f"cannot read {item.strip()!r}")
    segment_id, required, most = match.groups()
    return Use(segment_id, UNBOUNDED if most == "*" else int(most or 1), bool(required))


def _loop(loop_id: str, most: int, *, required: bool, parts: "tuple[Use | Loop, ...]") -> Loop:
    index: dict[str, tuple[int, ...]] = {}
    for number, part in enumerate(parts):
        index[part.id] = (*index.get(part.id, ()), number)
    return Loop(loop_id, most, required, parts, index)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
