"""A party that a text could become, for a person to look over."""

from channel_inventory.models import ReportedEndBuyer
from channel_inventory.pos.texts import UNNAMED
from parties.models import Party
from values.countries import country_code
from values.text import normalise_name

CODE_LENGTH = 24


def proposed(text: ReportedEndBuyer) -> dict[str, str]:
    """What was reported, by the fields of NewBuyerForm, with a code that is free."""
    name = "" if text.name == UNNAMED else text.name
    return {
        "name": name,
        "code": free_code(name),
        "country": country_code(text.country),
        "address": text.address[:200],
        "city": text.city,
        "postcode": text.postcode,
    }


def free_code(name: str) -> str:
    """The first words of the name; numbered where parties have that code already."""
    code = fitting(normalise_name(name).upper().split())
    if not code:
        return ""
    taken = set(Party.objects.filter(code__startswith=code).values_list("code", flat=True))
    number, free = 1, code
    while free in taken:
        number += 1
        free = f"{code}-{number}"
    return free


def fitting(words: list[str]) -> str:
    kept = words
    while len(kept) > 1 and len("-".join(kept)) > CODE_LENGTH:
        kept = kept[:-1]
    return "-".join(kept)[:CODE_LENGTH]
