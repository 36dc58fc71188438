"""Addresses as people report them, compared with those that we know."""

from dataclasses import dataclass
from functools import lru_cache

from values.countries import country_code
from values.text import normalise_name, normalise_postcode


@dataclass(frozen=True, slots=True)
class Address:
    """A city, a postcode and a country as written; what was not said is empty."""

    city: str = ""
    postcode: str = ""
    country: str = ""


def agrees(said: Address, known: Address) -> bool:
    """Nothing that both of them tell is different. A country in words that nobody knows agrees with none."""
    country = known.country.upper()
    if said.country.strip() and country_code(said.country) != country:
        return False
    if said.postcode.strip() and known.postcode and postcode(said, country) != postcode(known, country):
        return False
    return not (said.city.strip() and known.city) or plain_city(said.city) == plain_city(known.city)


def postcode(address: Address, country: str) -> str:
    """As the country writes it, without blanks and hyphens, which people leave out."""
    return normalise_postcode(address.postcode, country).replace(" ", "").replace("-", "")


@lru_cache(maxsize=20_000)
def plain_city(city: str) -> str:
    return normalise_name(city)
