import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Letterhead:
    """Who sends the document: shown at its head, and in the margin of every page."""

    name: str
    address: tuple[str, ...] = ()
    registration: str = ""


def day(date: dt.date) -> str:
    return f"{date.day} {date:%b %Y}"


def weekday(date: dt.date) -> str:
    """`Mon 30 Nov`, as it is read at arm's length."""
    return f"{date:%a} {date.day} {date:%b}"


def instant(at: dt.datetime) -> str:
    """`24 Nov 2026 08:05 MYT`; the instant comes in the zone it is to be read in."""
    return f"{day(at.date())} {at:%H:%M %Z}".rstrip()
