"""Text to segments, one pass, bounded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, cast

from exchange.x12.findings import Position, X12Error
from exchange.x12.separators import BLANKS, Separators

NUL_AND_EOF = "\x00\x1a"

_ISA_AFTER_IEA = re.compile(r"(IEA[^\n]*)\n[ \t\n]*ISA")
"""An IEA without terminator, followed by the next interchange of the file."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes beyond which a file is refused: bytes of the file, characters of a segment and of an element.

    A parsed file takes about 60 times its size in memory, which the default holds below a gigabyte.
    """

    max_bytes: int = 16 * 1024 * 1024
    max_segment: int = 64 * 1024
    max_element: int = 32 * 1024


class Segment(NamedTuple):
    """One segment; `elements` are as written, without the segment id. `number` and `line` count from 1 in the
    file.
    """

    id: str
    elements: tuple[str, ...]
    number: int = 0
    line: int = 0

    def get(self, element: int) -> str:
        """Element by its 1-based X12 position, without blanks around it; "" when it is not there."""
        if 0 < element <= len(self.elements):
            return self.elements[element - 1].strip(" ")
        return ""

    @property
    def position(self) -> Position:
        return Position(self.number, self.line, self.id)


class Cursor:
    """Walks over the segments of a text and knows where it is: offset, line and number of the last segment.

    `wrapped` remembers the first segment with a line break inside; `unclosed` the segments that a line break
    ended for want of a terminator; `unterminated` says that the text ended without one, so there can be no
    more segments.
    """

    def __init__(self, text: str, limits: Limits) -> None:
        self.text = text
        self.limits = limits
        self.offset = 0
        self.line = 1
        self.number = 0
        self.start_interchange()

    def start_interchange(self) -> None:
        self.unterminated = False
        self.wrapped: Position | None = None
        self.unclosed: list[Position] = []

    def position(self, segment_id: str = "") -> Position:
        return Position(self.number, self.line, segment_id)

    def move_to(self, offset: int) -> None:
        self.line += self.text.count("\n", self.offset, offset)
        self.offset = offset

    def segments(self, separators: Separators) -> Iterator[Segment]:
        """Yield segments up to the end of the text; the caller stops at the IEA and the cursor stays behind
        it.

        A file that starts a new line after its ISA has a line per segment: there a line break inside a
        segment, followed by what begins like another one, is a forgotten terminator. Otherwise the file was
        folded at some width and line breaks mean nothing.
        """
        blanks = "".join(mark for mark in BLANKS + NUL_AND_EOF if mark not in separators.used())
        between = re.compile(f"[{re.escape(blanks)}\n]*")
        line_per_segment = bool(re.compile(r"[ \t]*\n").match(self.text, self.offset))
        beginning = re.compile(rf"\n[ \t]*(?=[A-Z][A-Z0-9]{{1,2}}{re.escape(separators.element)})")
        while not self.unterminated:
            self.move_to(cast("re.Match[str]", between.match(self.text, self.offset)).end())
            if self.offset >= len(self.text):
                return
            line = self.line
            body = self._take(separators)
            if "\n" not in body:
                if body:
                    yield self._split(body, line, separators)
                continue
            pieces = beginning.split(body) if line_per_segment else [body]
            for index, piece in enumerate(pieces):
                segment = self._split(self._unfold(piece, line, join=line_per_segment), line, separators)
                if index < len(pieces) - 1:
                    self.unclosed.append(segment.position)
                yield segment
                line += piece.count("\n") + 1

    def _take(self, separators: Separators) -> str:
        # The search is bounded, so that many unterminated interchanges in one file cannot cost a scan each.
        reach = self.offset + self.limits.max_segment + 1
        end = self.text.find(separators.segment, self.offset, reach)
        if end >= 0:
            body = self.text[self.offset : end]
            next_isa = _ISA_AFTER_IEA.match(body)
            self.move_to(self.offset + next_isa.end(1) if next_isa else end + 1)
            return next_isa.group(1) if next_isa else body
        # The last segment may lack its terminator; what follows on later lines is not part of it.
        self.unterminated = True
        end = self.text.find("\n", self.offset, reach)
        end = min(reach, len(self.text)) if end < 0 else end
        body = self.text[self.offset : end]
        self.move_to(end)
        return body.rstrip(NUL_AND_EOF + BLANKS)

    def _unfold(self, piece: str, line: int, *, join: bool) -> str:
        if "\n" not in piece:
            return piece
        self.wrapped = self.wrapped or Position(self.number + 1, line, piece[:3])
        return " ".join(part.strip(" \t") for part in piece.split("\n")) if join else piece.replace("\n", "")

    def _split(self, body: str, line: int, separators: Separators) -> Segment:
        self.number += 1
        longest = self.limits.max_element
        if len(body) > self.limits.max_segment:
            message = f"A segment is longer than {self.limits.max_segment} characters"
            raise X12Error("segment_too_long", message, Position(self.number, line, body[:3]))
        head, *elements = body.split(separators.element)
        if len(body) > longest and max(map(len, elements), default=0) > longest:
            message = f"An element is longer than {longest} characters"
            raise X12Error("element_too_long", message, Position(self.number, line, body[:3]))
        return Segment(head.strip(" \t"), tuple(elements), self.number, line)
