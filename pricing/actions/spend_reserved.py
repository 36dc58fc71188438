from collections.abc import Mapping

from pricing.actions.release_caps import NotReserved
from pricing.agreements.caps import lines_written, run_guarded


def spend_reserved(*, spent: Mapping[int, int]) -> None:
    """Turn reservations into use: a direct agreement's line has shipped. Raises NotReserved like release_caps."""
    written = lines_written(run_guarded("spend_reserved", spent))
    missing = [line for line, quantity in spent.items() if quantity and line not in written]
    if missing:
        raise NotReserved(missing)
