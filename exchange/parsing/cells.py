"""One cell: text to value by its column's type, and value to text."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from values.dates import EARLIEST, LATEST

ISO = "%Y-%m-%d"
_ISO_SHAPE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
# days of this century, as spreadsheets count them
_SERIAL = re.compile(r"(?:3[6-9]|[4-6][0-9])[0-9]{3}")
_GROUP_MARKS = str.maketrans("", "", " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}'’")
_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_ONE_GROUP = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")
# a whole number with three decimals, or with a thousands separator
_WHOLE_OR_GROUP = re.compile(r"[+-]?[1-9][0-9]{0,2}\.000")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_SWAP = str.maketrans(",.", ".,")
_MANY_DIGITS = 60
YES = frozenset({"yes", "y", "true", "1", "x"})
NO = frozenset({"no", "n", "false", "0"})


class BadCell(ValueError):
    """The text is not a value of its column. `code` is for programs."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Formats:
    """How the sender writes: `date_format` in strptime's form (empty: ISO), and which mark divides decimals."""

    date_format: str = ""
    decimal_comma: bool = False


def parse_date(text: str, formats: Formats) -> dt.date:
    wanted = formats.date_format or ISO
    try:
        if formats.date_format:
            found = dt.datetime.strptime(text, formats.date_format).date()  # noqa: DTZ007  a day has no zone
        elif shape := _ISO_SHAPE.fullmatch(text):
            found = dt.date.fromisoformat(shape[1])
        else:
            raise ValueError(text)
    except ValueError:
        raise BadCell("bad_date", no_date(text, wanted)) from None
    if not EARLIEST <= found <= LATEST:
        raise BadCell("bad_date", f"{found} lies outside {EARLIEST.year} to {LATEST.year}.")
    return found


def no_date(text: str, date_format: str) -> str:
    sentence = f"“{text[:40]}” is no date written {in_words(date_format)}."
    if _SERIAL.fullmatch(text):
        return f"{sentence} It may be a spreadsheet's number of a day: give the column the format of a date."
    return sentence


def in_words(date_format: str) -> str:
    words = {"%Y": "YYYY", "%y": "YY", "%m": "MM", "%d": "DD", "%b": "Mon", "%B": "Month", "%H": "hh", "%M": "mm"}
    for mark, word in words.items():
        date_format = date_format.replace(mark, word)
    return date_format


def parse_decimal(text: str, formats: Formats) -> Decimal:
    """Exact. A single group such as 1,234 could be either thing, and is refused rather than guessed."""
    bare = text.translate(_GROUP_MARKS)
    if formats.decimal_comma:
        bare = bare.translate(_SWAP)
    if len(bare) > _MANY_DIGITS:
        raise BadCell("bad_number", "The number has too many digits.")
    if _PLAIN.fullmatch(bare):
        return Decimal(bare)
    mark, other = (",", ".") if formats.decimal_comma else (".", ",")
    if _ONE_GROUP.fullmatch(bare):
        raise BadCell(
            "ambiguous_number",
            f"“{text}” can be read in two ways. Write it without a thousands separator; decimals take “{mark}” here.",
        )
    if _GROUPED.fullmatch(bare):
        return Decimal(bare.replace(",", ""))
    if _PLAIN.fullmatch(bare.translate(_SWAP)):
        raise BadCell("wrong_decimal_mark", f"“{text}”: decimals take “{mark}” in this file, not “{other}”.")
    raise BadCell("bad_number", f"“{text[:40]}” is no number.")


def parse_integer(text: str, formats: Formats) -> int:
    """A whole number; thousands may be grouped, since no fraction is possible.

    1.000 could be one or a thousand, and is refused rather than guessed.
    """
    bare = text.translate(_GROUP_MARKS)
    if formats.decimal_comma:
        bare = bare.translate(_SWAP)
    if _WHOLE_OR_GROUP.fullmatch(bare):
        raise BadCell("ambiguous_number", f"“{text}” can be read in two ways. Write it without decimals or separators.")
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(",", "")
    if len(bare) > _MANY_DIGITS or not _PLAIN.fullmatch(bare):
        raise BadCell("bad_number", f"“{text[:40]}” is no whole number.")
    number = Decimal(bare)
    if number != number.to_integral_value():
        raise BadCell("not_whole", f"{text[:40]} is not a whole number.")
    return int(number)


def parse_flag(text: str) -> bool:
    word = text.casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise BadCell("bad_flag", f"“{text[:40]}” is neither yes nor no.")


def write_number(number: Decimal | int, formats: Formats) -> str:
    text = f"{number:f}"
    return text.replace(".", ",") if formats.decimal_comma else text


def write_date(day: dt.date, formats: Formats) -> str:
    return day.strftime(formats.date_format) if formats.date_format else day.isoformat()
