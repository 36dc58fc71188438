"""Arguments that commands of this floor share; each refuses what it cannot read with one clear sentence."""

from argparse import ArgumentTypeError
from datetime import date

from values.dates import EARLIEST, LATEST


def day(text: str) -> date:
    """An ISO date that fiscal calendars can place."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is not a date; write it as 2026-11-23") from None
    if not EARLIEST <= found <= LATEST:
        raise ArgumentTypeError(f"{found} lies outside {EARLIEST.year} to {LATEST.year}")
    return found
