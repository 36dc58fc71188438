"""An end buyer as a partner writes it: one text, whoever types the capitals and blanks."""

import hashlib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from values.text import normalise_name

# what stands for an end buyer that a report leaves out; such a line waits for certification by itself
UNNAMED = "(end buyer not named)"


@dataclass(frozen=True, slots=True)
class EndBuyerText:
    """As reported. `apart` keeps texts that look alike from being one: the line of a sale that names nobody."""

    code: str = ""
    name: str = ""
    address: str = ""
    city: str = ""
    postcode: str = ""
    country: str = ""
    apart: str = ""

    @property
    def is_named(self) -> bool:
        return self.name != UNNAMED

    @property
    def key(self) -> str:
        return text_key(self)


@lru_cache(maxsize=50_000)
def text_key(text: EndBuyerText) -> str:
    """md5 of code, name, address, city, postcode and country, each normalised, joined by `|`."""
    parts = [plain(text.code), normalise_name(text.name), *map(plain, places(text))]
    if text.apart:
        parts.append(text.apart)
    return digest("|".join(parts))


def places(text: EndBuyerText) -> tuple[str, str, str, str]:
    return text.address, text.city, text.postcode, text.country


def normalised_address(text: EndBuyerText) -> str:
    """Address, city, postcode and country as certification compares them."""
    return " ".join(filter(None, map(plain, places(text))))


def plain(text: str) -> str:
    """Letters and digits in one case and width, single blanks between words."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(mark if mark.isalnum() else " " for mark in folded).split())


def digest(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
