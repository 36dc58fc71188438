"""Countries by ISO 3166-1 alpha-2 code, as they are written on a label: `countries.txt`, a code and a name a line."""

from importlib import resources

COUNTRIES = dict(
    line.split(" ", 1)
    for line in (resources.files("values") / "countries.txt").read_text(encoding="utf-8").splitlines()
)


def country_name(code: str) -> str:
    """The name of a country; an unknown code is its own name, so that a label never goes empty."""
    return COUNTRIES.get(code.upper(), code)


def country_code(text: str) -> str:
    """The code of a country by its code or its English name, whatever the case; "" for a text that is neither."""
    wanted = text.strip()
    return wanted.upper() if wanted.upper() in COUNTRIES else _CODES.get(wanted.casefold(), "")


_CODES = {name.casefold(): code for code, name in COUNTRIES.items()}
