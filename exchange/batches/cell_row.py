"""The cells of a row, by heading: half a million rows share one set of headings, and texts that repeat."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

# beyond so many distinct texts a column is unlikely to repeat itself
MOST_SHARED = 50_000


class CellRow(Mapping[str, str]):
    """Reads like a dict of heading to text; holds the texts only. `places` is the same object for all rows."""

    __slots__ = ("places", "texts")

    def __init__(self, places: dict[str, int], texts: tuple[str, ...]) -> None:
        self.places = places
        self.texts = texts

    def __getitem__(self, heading: str) -> str:
        return self.texts[self.places[heading]]

    def get(self, heading: str, default: Any = None) -> Any:
        place = self.places.get(heading)
        return default if place is None else self.texts[place]

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)

    def __repr__(self) -> str:
        return repr(dict(self))


class Shared(dict[str, str]):
    """Gives each text back as the one object that stands for it."""

    def __missing__(self, text: str) -> str:
        if len(self) >= MOST_SHARED:
            self.clear()
        self[text] = text
        return text

    def row(self, texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(map(self.__getitem__, texts))


def places_of(headings: Sequence[str]) -> dict[str, int]:
    return {heading: place for place, heading in enumerate(headings)}
