"""How long work tells whoever watches it how far it is."""

from collections.abc import Callable

Progress = Callable[[int, int | None, str], None]
"""How many are done, of how many (None: nobody knows), and what is being done."""


def no_progress(done: int, total: int | None, note: str) -> None:
    """Nobody is watching."""
