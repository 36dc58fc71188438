from collections.abc import Mapping

from pricing.agreements.caps import lines_written, run_guarded


class NotConsumed(Exception):
    """More was given back than was used."""

    def __init__(self, lines: list[int]) -> None:
        super().__init__(f"More was given back than is used of agreement lines {', '.join(map(str, lines))}.")
        self.lines = lines


def restore_caps(*, returned: Mapping[int, int]) -> None:
    """Give used quantities back. Raises NotConsumed when a line has used less; then the caller must roll back."""
    written = lines_written(run_guarded("restore_caps", returned))
    missing = [line for line, quantity in returned.items() if quantity and line not in written]
    if missing:
        raise NotConsumed(missing)
