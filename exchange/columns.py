"""What a column holds. Kinds of files are declared with these; parsing, templates and the help page read them."""

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import TextChoices

from exchange.parsing.cells import BadCell, Formats, parse_date, parse_decimal, parse_flag, parse_integer
from values.countries import COUNTRIES
from values.csvsafe import restore
from values.currencies import MINOR_UNITS

LARGEST = 10**15
Number = TypeVar("Number", int, Decimal)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SEPARATED = re.compile(r"\s*\|\s*")


class ColumnType(StrEnum):
    TEXT = "text"
    CODE = "code"
    INTEGER = "whole number"
    DECIMAL = "number"
    DATE = "date"
    FLAG = "yes or no"
    CHOICE = "one of"
    CHOICES = "several of, separated by |"
    COUNTRY = "country, two letters"
    CURRENCY = "currency, three letters"


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A text that could mean several things; `message` says which, and how to write it."""

    message: str


@dataclass(frozen=True)
class Reference:
    """A column that names a row of ours. `find` answers for all texts at once: id, or Ambiguous, or nothing.

    `name` makes the code of the finding (`unknown_party`), `title` its sentence.
    """

    name: str
    title: str
    find: Callable[[frozenset[str], Any], Mapping[str, "int | Ambiguous"]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Numbers have `minimum` and (decimals) `places`; texts `max_length`."""

    name: str
    holds: ColumnType = ColumnType.TEXT
    is_required: bool = False
    help: str = ""
    choices: type[TextChoices] | None = None
    reference: Reference | None = None
    max_length: int = 200
    minimum: int | None = None
    maximum: int = LARGEST
    places: int = 6
    # the sender's words for a choice where they are not ours
    words: Mapping[str, str] | None = None


def text(name: str, *, required: bool = False, **options: Any) -> Column:
    return Column(name, ColumnType.TEXT, required, **options)


def code(name: str, *, required: bool = False, **options: Any) -> Column:
    return Column(name, ColumnType.CODE, required, **{"max_length": 40, **options})


def integer(name: str, *, required: bool = False, **options: Any) -> Column:
    return Column(name, ColumnType.INTEGER, required, **options)


def decimal(name: str, *, required: bool = False, **options: Any) -> Column:
    return Column(name, ColumnType.DECIMAL, required, **options)


def date(name: str, *, required: bool = False, **options: Any) -> Column:
    return Column(name, ColumnType.DATE, required, **options)


def flag(name: str, *, required: bool = False, **options: Any) -> Column:
    return Column(name, ColumnType.FLAG, required, **options)


def choice(name: str, choices: type[TextChoices], *, required: bool = False, **options: Any) -> Column:
    return Column(name, ColumnType.CHOICE, required, choices=choices, **options)


def several(name: str, choices: type[TextChoices], *, required: bool = False, **options: Any) -> Column:
    return Column(name, ColumnType.CHOICES, required, choices=choices, **options)


def country(name: str, *, required: bool = False, **options: Any) -> Column:
    return Column(name, ColumnType.COUNTRY, required, **options)


def currency(name: str, *, required: bool = False, **options: Any) -> Column:
    return Column(name, ColumnType.CURRENCY, required, **options)


def refers(name: str, reference: Reference, *, required: bool = False, **options: Any) -> Column:
    return Column(name, ColumnType.CODE, required, reference=reference, **options)


def cell_text(raw: str) -> str:
    """The cell without idle space, and without the apostrophe that our own exports put before a formula."""
    return restore(raw.replace("\N{NO-BREAK SPACE}", " ").strip()).strip()


# the codes there are, the code of the finding, and what was wanted
LISTED: dict[ColumnType, tuple[Container[str], str, str]] = {
    ColumnType.COUNTRY: (COUNTRIES, "bad_country", "ISO country code of two letters"),
    ColumnType.CURRENCY: (MINOR_UNITS, "bad_currency", "ISO currency code of three letters"),
}


def parse_cell(column: Column, raw: str, formats: Formats) -> Any:
    """The value of a cell that is not empty. Raises BadCell."""
    match column.holds:
        case ColumnType.TEXT | ColumnType.CODE:
            return parse_text(column, raw)
        case ColumnType.INTEGER:
            return within(column, parse_integer(raw, formats))
        case ColumnType.DECIMAL:
            return parse_amount(column, raw, formats)
        case ColumnType.DATE:
            return parse_date(raw, formats)
        case ColumnType.FLAG:
            return parse_flag(raw)
        case ColumnType.CHOICE:
            return parse_choice(column, raw)
        case ColumnType.CHOICES:
            return frozenset(parse_choice(column, word) for word in _SEPARATED.split(raw) if word)
        case ColumnType.COUNTRY | ColumnType.CURRENCY:
            return parse_listed(raw, *LISTED[column.holds])


def parse_text(column: Column, raw: str) -> str:
    if _CONTROL.search(raw) or (column.holds == ColumnType.CODE and "\n" in raw):
        raise BadCell("bad_character", "The text has a character that cannot be printed.")
    if len(raw) > column.max_length:
        raise BadCell("too_long", f"{len(raw)} characters; at most {column.max_length}.")
    return raw


def parse_amount(column: Column, raw: str, formats: Formats) -> Decimal:
    number = within(column, parse_decimal(raw, formats))
    exponent = number.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > column.places:
        raise BadCell("too_many_decimals", f"{raw}: at most {column.places} decimals are kept.")
    return number


def within(column: Column, number: Number) -> Number:
    if column.minimum is not None and number < column.minimum:
        if column.minimum == 1:
            raise BadCell("not_positive", f"{number:,} must be 1 or more.")
        raise BadCell("too_small", f"{number:,} must be {column.minimum:,} or more.")
    if abs(number) > column.maximum:
        raise BadCell("too_large", f"{number:,} is more than {column.maximum:,}.")
    return number


def parse_choice(column: Column, raw: str) -> str:
    offered = column.choices.choices if column.choices else []
    word = raw.casefold().strip()
    word = (column.words or {}).get(word, word)
    underscored = word.replace(" ", "_").replace("-", "_")
    for value, label in offered:
        if value.casefold() in (word, underscored) or str(label).casefold() == word:
            return value
    raise BadCell("bad_choice", f"“{raw[:40]}” is none of {', '.join(value for value, _ in offered)}.")


def parse_listed(raw: str, allowed: Container[str], problem: str, what: str) -> str:
    if (found := raw.upper()) in allowed:
        return found
    raise BadCell(problem, f"“{raw[:40]}” is no {what}.")
