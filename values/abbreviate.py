"""Words of a company's name shortened as people do: the first stays whole, later ones are abbreviated or dropped."""

_KNOWN = {
    "america": "Am.", "automation": "Autom.", "communications": "Comms.", "components": "Comp.", "controls": "Ctrls.",
    "devices": "Dev.", "distribution": "Dist.", "distributor": "Dist.", "distributors": "Dist.", "electric": "Elec.",
    "electrical": "Elec.", "electronic": "Elec.", "electronics": "Elec.", "elektronik": "Elek.", "engineering": "Eng.",
    "equipment": "Equip.", "europe": "Eur.", "group": "Grp.", "holding": "Hldg.", "holdings": "Hldgs.",
    "industrial": "Ind.", "industries": "Inds.", "instruments": "Instr.", "international": "Intl.",
    "laboratories": "Labs", "logistics": "Log.", "management": "Mgmt.", "manufacturing": "Mfg.", "medical": "Med.",
    "networks": "Netw.", "semiconductor": "Semi.", "semiconductors": "Semi.", "services": "Svcs.", "solutions": "Sol.",
    "systems": "Sys.", "technologies": "Tech.", "technology": "Tech.", "telecommunications": "Telecom",
}  # fmt: skip
_JOINING = frozenset({"&", "+", "-", "and", "und", "et", "y", "e", "of", "de"})
_VOWELS = "aeiou"
_UNCUT = 6
"""Words up to so many letters are not cut: there is little to gain."""
_STUB = 4
"""Letters that are left of a word, at least."""


def fit(words: list[str], width: int) -> str:
    """As many of the words, from the first on, as fit into so many characters: "Northgate Comp.", "Harbour Line".

    A first word that does not fit alone is cut.
    """
    for kept in range(len(words), 0, -1):
        shortened = _shortened(_without_tail(words[:kept]), width)
        if len(shortened) <= width:
            return shortened
    return _cut(words[0], width) if words else ""


def _without_tail(words: list[str]) -> list[str]:
    """Nothing joins what is left out."""
    while len(words) > 1 and words[-1].casefold() in _JOINING:
        words = words[:-1]
    return [*words[:-1], words[-1].rstrip(",;:") or words[-1]]


def _shortened(words: list[str], width: int) -> str:
    """From the last word back, no more than it takes; the first stays."""
    words = list(words)
    for at in range(len(words) - 1, 0, -1):
        excess = len(" ".join(words)) - width
        if excess <= 0:
            break
        words[at] = _abbreviated(words[at], len(words[at]) - excess)
    return " ".join(words)


def _abbreviated(word: str, width: int) -> str:
    known = _KNOWN.get(word.casefold())
    if known:
        return known.upper() if word.isupper() else known
    return word if len(word) <= _UNCUT else _cut(word, max(width, _STUB + 1))


def _cut(word: str, width: int) -> str:
    """The word within so many characters, ending in a consonant and a full stop."""
    if len(word) <= width:
        return word
    stub = word[: max(width - 1, 1)]
    while len(stub) > _STUB and stub[-1].casefold() in _VOWELS:
        stub = stub[:-1]
    return f"{stub}."[:width]
