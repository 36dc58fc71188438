from collections.abc import Mapping

from exchange.kinds import kind_named
from exchange.models import ColumnMap
from exchange.reading import heading_key

DATE_FORMATS = {
    "": "2026-11-23",
    "%d.%m.%Y": "23.11.2026",
    "%d/%m/%Y": "23/11/2026",
    "%m/%d/%Y": "11/23/2026",
    "%d-%m-%Y": "23-11-2026",
    "%Y/%m/%d": "2026/11/23",
    "%Y%m%d": "20261123",
    "%d.%m.%y": "23.11.26",
    "%d/%m/%y": "23/11/26",
    "%m/%d/%y": "11/23/26",
    "%d-%b-%Y": "23-Nov-2026",
    "%d %b %Y": "23 Nov 2026",
}


class BadColumnMap(ValueError):
    """A column that the kind does not have, a heading used twice, or a date format that is not offered."""


def save_column_map(
    *, kind: str, party_id: int | None, headings: Mapping[str, str], date_format: str, decimal_comma: bool
) -> ColumnMap:
    """Remember a sender's headings and formats for one kind. `headings` maps our columns to its headings.

    Raises UnknownKind, BadColumnMap.
    """
    wanted = {column: heading.strip() for column, heading in headings.items() if heading.strip()}
    check_map(wanted, known=kind_named(kind).names, date_format=date_format)
    found, _ = ColumnMap.objects.update_or_create(
        kind=kind,
        party_id=party_id,
        defaults={"headings": wanted, "date_format": date_format, "decimal_comma": decimal_comma},
    )
    return found


def check_map(headings: Mapping[str, str], *, known: tuple[str, ...], date_format: str) -> None:
    if date_format not in DATE_FORMATS:
        raise BadColumnMap(f"“{date_format}” is none of the date formats that can be read.")
    if unknown := set(headings) - set(known):
        raise BadColumnMap(f"There is no column {', '.join(sorted(unknown))}.")
    keys = [heading_key(heading) for heading in headings.values()]
    if len(set(keys)) < len(keys):
        raise BadColumnMap("One heading of the file is used for two columns.")
