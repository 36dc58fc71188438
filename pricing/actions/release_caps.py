from collections.abc import Mapping

from pricing.agreements.caps import lines_written, run_guarded


class NotReserved(Exception):
    """More was given back than was reserved."""

    def __init__(self, lines: list[int]) -> None:
        super().__init__(f"More was released than is reserved on agreement lines {', '.join(map(str, lines))}.")
        self.lines = lines


def release_caps(*, returned: Mapping[int, int]) -> None:
    """Give reserved quantities back. Raises NotReserved when a line holds less; then the caller must roll back."""
    written = lines_written(run_guarded("release_caps", returned))
    missing = [line for line, quantity in returned.items() if quantity and line not in written]
    if missing:
        raise NotReserved(missing)
