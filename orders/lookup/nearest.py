"""A text that nothing is called, and what comes nearest to it."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q
from rapidfuzz import fuzz, process

from values.text import normalise_name

NEAREST = 3
NEAR_ENOUGH = 55
CANDIDATES = 1_000
LAST_CHARACTER = "\U0010ffff"


@dataclass(frozen=True)
class Unknown:
    """A text that nothing is called, or that several are."""

    message: str


def distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))


def spellings(texts: Iterable[str]) -> list[str]:
    """As typed and in capitals: codes are told apart without case, through an index that knows it."""
    return [*texts, *(text.upper() for text in texts)]


def starting(texts: Collection[str], *fields: str) -> Q:
    """Rows of which one field starts with the first letter of a text, as a range that the index answers."""
    any_of = Q(pk__in=())
    for text in texts:
        for field in fields:
            start = (normalise_name(text) if field == "normalised_name" else text.upper())[:1]
            if start:
                any_of |= Q(**{f"{field}__gte": start, f"{field}__lt": start + LAST_CHARACTER})
    return any_of


def not_known(text: str, named: list[tuple[str, str]]) -> str:
    """`named` are (how a candidate is shown, what the text is compared with)."""
    choices = {index: compared.casefold() for index, (_, compared) in enumerate(named)}
    scorer: Callable[..., float] = fuzz.WRatio
    near = process.extract(text.casefold(), choices, scorer=scorer, limit=NEAREST, score_cutoff=NEAR_ENOUGH)
    shown = ", ".join(named[index][0] for _, _, index in near)
    return f"“{text}” is not known. Nearest: {shown}." if shown else f"“{text}” is not known."
