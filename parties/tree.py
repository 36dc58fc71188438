"""Parents and branches, on plain values."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def ancestors(start: Node, parent_of: Mapping[Node, Node]) -> set[Node]:
    """Everybody above `start`; `start` itself among them means that the way up runs in a circle."""
    seen: set[Node] = set()
    node = parent_of.get(start)
    while node is not None and node not in seen:
        seen.add(node)
        node = parent_of.get(node)
    return seen
