"""Segments to loops, by the tables of `sets`.

One rule for every set: a segment belongs to the innermost open loop that still has a place for it further
down its table; else to the next loop outwards. Only when no open loop has it ahead is it accepted out of
order, again from the inside out. A segment that no open loop knows is kept where it stood and reported:
nothing is dropped.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from exchange.x12.findings import Finding, Severity
from exchange.x12.interchange import TransactionSet
from exchange.x12.segments import Segment
from exchange.x12.sets import transaction_set
from exchange.x12.sets.language import UNBOUNDED, Loop, Use


@dataclass(slots=True, eq=False)
class LoopNode:
    """One occurrence of a loop. `children` holds its segments and inner loops in the order of the file.

    The loop's own first segment is the first child, except for the outermost node, which is the set itself.
    `at` and `uses` (of the parts of the table, by number) serve the parsing only.
    """

    table: Loop
    children: "list[Segment | LoopNode]" = field(default_factory=list)
    at: int = 0
    uses: dict[int, int] | None = None

    @property
    def id(self) -> str:
        return self.table.id

    @property
    def head(self) -> Segment:
        """The segment that opened the loop (of the outermost node: the first one in it, an empty one if
        none).
        """
        return next((child for child in self.children if isinstance(child, Segment)), Segment("", ()))

    def segments(self, segment_id: str) -> Iterator[Segment]:
        """The loop's own segments of that id, not those of inner loops."""
        return (child for child in self.children if isinstance(child, Segment) and child.id == segment_id)

    def first(self, segment_id: str) -> Segment | None:
        return next(self.segments(segment_id), None)

    def loops(self, loop_id: str) -> "Iterator[LoopNode]":
        return (child for child in self.children if isinstance(child, LoopNode) and child.id == loop_id)

    def walk(self) -> Iterator[Segment]:
        """Every segment below, in the order of the file."""
        for child in self.children:
            if isinstance(child, LoopNode):
                yield from child.walk()
            else:
                yield child


@dataclass(frozen=True, slots=True)
class Tree:
    """A transaction set in its loops. `unrecognised` are the segments that no loop had a place for."""

    root: LoopNode
    unrecognised: tuple[Segment, ...]
    findings: tuple[Finding, ...]


def parse_loops(transaction: TransactionSet, table: Loop | None = None) -> Tree:
    """Arrange the segments of a set. Without a table, that of its ST01 is taken (X12Error when there is
    none).
    """
    parser = _Parser(table or transaction_set(transaction.set_id), transaction)
    for segment in transaction.segments:
        parser.take(segment)
    parser.close_to(0)
    return Tree(parser.stack[0], tuple(parser.unrecognised), tuple(parser.findings))


class _Parser:
    def __init__(self, table: Loop, transaction: TransactionSet) -> None:
        self.stack = [LoopNode(table)]
        self.findings: list[Finding] = []
        self.unrecognised: list[Segment] = []
        self.end = transaction.position

    def take(self, segment: Segment) -> None:
        for ahead in (True, False):
            for depth in range(len(self.stack) - 1, -1, -1):
                place = _place(self.stack[depth], segment.id, ahead=ahead)
                if place is not None:
                    self._put(segment, depth, place, ahead=ahead)
                    return
        node = self.stack[-1]
        node.children.append(segment)
        self.unrecognised.append(segment)
        message = f"Segment {segment.id!r} has no place in the {self.stack[0].id}; it was kept and not interpreted"
        self._find(Severity.WARNING, "segment_unrecognised", message, segment)

    def _put(self, segment: Segment, depth: int, place: int, *, ahead: bool) -> None:
        self.close_to(depth + 1)
        node = self.stack[depth]
        part = node.table.parts[place]
        if not ahead:
            message = f"Segment {segment.id} stands later than the standard has it"
            self._find(Severity.INFO, "segment_out_of_order", message, segment)
        node.at = place
        if node.uses is None:
            node.uses = {}
        node.uses[place] = uses = node.uses.get(place, 0) + 1
        if part.most != UNBOUNDED and uses == part.most + 1:
            message = f"{segment.id} occurs more than {part.most} times"
            self._find(Severity.INFO, "segment_repeats", message, segment)
        if isinstance(part, Use):
            node.children.append(segment)
            return
        inner = LoopNode(part, [segment])
        node.children.append(inner)
        self.stack.append(inner)

    def close_to(self, depth: int) -> None:
        """Close the loops from `depth` inwards, and say which required segments they lack."""
        for node in reversed(self.stack[depth:]):
            for number, part in enumerate(node.table.parts):
                if part.required and number not in (node.uses or ()):
                    position = node.head.position if node.head.id else self.end
                    message = f"Loop {node.id} lacks its required segment {part.id}"
                    self.findings.append(Finding(Severity.WARNING, "segment_missing", message, position))
            # Counted while the loop is open; big files have too many closed ones to keep it.
            node.uses = None
        # The outermost node stays: it is the result.
        del self.stack[max(depth, 1) :]

    def _find(self, severity: Severity, code: str, message: str, segment: Segment) -> None:
        self.findings.append(Finding(severity, code, message, segment.position))


def _place(node: LoopNode, segment_id: str, *, ahead: bool) -> int | None:
    places = node.table.index.get(segment_id)
    if not places:
        return None
    if not ahead:
        return places[0]
    return next((place for place in places if place >= node.at), None)
