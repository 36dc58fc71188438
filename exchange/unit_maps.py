"""A trading partner's unit codes and ours, as people write them: `PC = EA`."""

import re
from collections.abc import Iterable, Mapping

PAIR = re.compile(r"\s*([A-Za-z0-9]{1,10})\s*=\s*([A-Za-z0-9]{1,10})\s*")


class BadUnits(ValueError):
    """The text says which."""


def read_units(pieces: Iterable[str]) -> dict[str, str]:
    """Their code to ours, in capitals; empty pieces do not count. Raises BadUnits."""
    found = {}
    for piece in pieces:
        if not piece.strip():
            continue
        match = PAIR.fullmatch(piece)
        if match is None:
            raise BadUnits(f"“{piece.strip()[:40]}” is not written as PC = EA.")
        found[match[1].upper()] = match[2].upper()
    return found


def spelled_units(units: Mapping[str, str], between: str) -> str:
    return between.join(f"{theirs} = {ours}" for theirs, ours in sorted(units.items()))
