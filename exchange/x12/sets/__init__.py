"""Transaction sets as tables: one text file a set, one for the elements of the segments. See `language`."""

from functools import cache
from importlib import resources

from exchange.x12.findings import X12Error
from exchange.x12.sets.language import Element, Loop, parse_elements, parse_set

KNOWN_SETS = ("810", "846", "850", "852", "855", "856", "860", "865", "867", "940", "945", "997")

FUNCTIONAL_IDS = {
    "810": "IN",
    "846": "IB",
    "850": "PO",
    "852": "PD",
    "855": "PR",
    "856": "SH",
    "860": "PC",
    "865": "CA",
    "867": "PT",
    "940": "OW",
    "945": "SW",
    "997": "FA",
}
"""GS01 of the group that a set travels in."""


@cache
def transaction_set(set_id: str) -> Loop:
    """The loop table of a set. Raises X12Error `set_unknown` for one that has no table."""
    if set_id not in KNOWN_SETS:
        raise X12Error("set_unknown", f"There is no table for transaction set {set_id!r}")
    return parse_set(set_id, _text(f"{set_id}.txt"))


@cache
def segment_elements() -> dict[str, tuple[Element, ...]]:
    """The named elements of every segment that has a line in `segments.txt`."""
    return parse_elements(_text("segments.txt"))


def _text(name: str) -> str:
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")
