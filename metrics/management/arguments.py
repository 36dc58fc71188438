"""Arguments that commands of this floor share; each refuses what it cannot read with one clear sentence."""

from argparse import ArgumentTypeError
from datetime import date


def day(text: str) -> date:
    """An ISO date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is not a date; write it as 2026-11-23") from None
