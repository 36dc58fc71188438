"""Text cells that a spreadsheet must not run as formulas, and the way back.

Spreadsheets take a cell that begins with `=`, `+`, `-`, `@`, a tab or a line break as a formula or a command,
also in the full-width forms and behind spaces (OWASP, "CSV Injection"). An apostrophe in front keeps it text.
"""

import re
from collections.abc import Iterable

_GUARD = "'"
_STARTS_A_FORMULA = re.compile(r"[ \N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}]*[=+\-@\t\r\n＝＋－＠]")
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*")


def neutralise(text: str) -> str:
    """Guard a dangerous text with an apostrophe; a plain number such as -5.00 and any other text stay."""
    return _GUARD + text if _is_dangerous(text) else text


def neutralise_row(cells: Iterable[object]) -> list[object]:
    """Guard the texts of a row; numbers, dates and None stay what they are."""
    return [neutralise(cell) if isinstance(cell, str) else cell for cell in cells]


def restore(text: str) -> str:
    """The text that `neutralise` was given, when our own export comes back."""
    return text[1:] if text.startswith(_GUARD) and _is_dangerous(text[1:]) else text


def _is_dangerous(text: str) -> bool:
    # A text that already looks guarded is guarded once more, or the way back would take its own apostrophe.
    bare = text.lstrip(_GUARD)
    return _STARTS_A_FORMULA.match(bare) is not None and not _PLAIN_NUMBER.fullmatch(bare)
